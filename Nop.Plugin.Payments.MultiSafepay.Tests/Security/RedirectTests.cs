using System.Net;
using NUnit.Framework;
using Sandbox.Shop;

namespace Nop.Plugin.Payments.MultiSafepay.Tests.Security;

/// <summary>
/// The shop sends its customers to one foreign place only: the https address that MultiSafepay answered to the shop's own request. (http passes in these tests, because
/// the simulator has no certificate; <see cref="Api.MultiSafepayClientTests"/> shows that a shop without the development address refuses it.)
/// </summary>
[TestFixture]
internal sealed class RedirectTests : SecurityFixture
{
    private string? _paymentUrl;

    protected override ShopOptions Configure(ShopOptions options) =>
        options with { ConfigureServices = services => services.Rewrite(field => field == "payment_url" ? _paymentUrl : null) };

    [Test]
    public async Task An_invalid_payment_URL_is_not_followed()
    {
        foreach (var paymentUrl in new[]
        {
            "javascript:alert(1)",
            "JavaScript://payv2.multisafepay.com/%0aalert(1)",
            "data:text/html,<script>alert(1)</script>",
            "vbscript:x",
            "file:///etc/passwd",
            "ftp://elsewhere.example/",
            "//elsewhere.example/",
            "\\\\elsewhere.example\\x",
            "/relative",
            "elsewhere.example",
            "https:",
            "https://",
            "https:///path",
            "https://payv2.multisafepay.com@elsewhere.example/",
            "https://payv2.multisafepay.com:secret@elsewhere.example/",
            "https://elsewhere.example\r\nSet-Cookie: a=b",
            "",
            " "
        })
        {
            _paymentUrl = paymentUrl;
            var (order, location) = await Host.BuyAsync();
            Assert.That(location, Is.EqualTo($"/orderdetails/{order.Id}"), $"{paymentUrl}: the customer gets the order's page, where a retry is possible");
            Assert.That((await Host.RecordAsync(order)).Current!.PaymentUrl, Is.Null);

            _paymentUrl = null;
            Assert.That(await Host.Browser.PostAsync($"orderdetails/repostpayment/{order.Id}"), Does.StartWith(Host.Simulator.Url.ToString()));
        }
    }

    [Test]
    public async Task A_payment_URL_cannot_inject_response_headers()
    {
        foreach (var paymentUrl in new[]
        {
            "https://pay.example/a\r\nSet-Cookie: stolen=1",
            "https://pay.example/\u0000\u2028x",
            "https://pay.example/?a=\"><script>alert(1)</script>"
        })
        {
            _paymentUrl = paymentUrl;
            await Host.Browser.CheckOutAsync(MultiSafepayDefaults.SystemName);
            using var answer = await Host.Browser.SendAsync("Checkout/Confirm");
            Assert.That(answer.Headers.Location!.OriginalString, Does.StartWith("https://pay.example/").And.Match(@"\A[!-~]+\z").And.Not.Contain("<").And.Not.Contain("\""));
            Assert.That(Host.Browser.Cookies.GetAllCookies().Select(cookie => cookie.Name), Has.None.EqualTo("stolen"));
        }
    }

    [TestCase("return")]
    [TestCase("cancel")]
    public async Task The_return_page_redirects_only_within_the_shop(string page)
    {
        var order = await Host.BuyWithoutNotificationsAsync();
        foreach (var name in new[] { "returnUrl", "redirect", "redirect_url", "url", "next", "payment_url", "orderGuid", "orderId", "transactionid" })
            foreach (var target in new[] { "https://elsewhere.example/", "//elsewhere.example", "/\\elsewhere.example", "javascript:alert(1)" })
            {
                using var answer = await Host.Browser.GetAsync($"multisafepay/{page}/{order.OrderGuid}?{name}={Uri.EscapeDataString(target)}");
                Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.Redirect));
                Assert.That(answer.Headers.Location!.ToString(), Is.EqualTo($"/orderdetails/{order.Id}"), $"{name}={target}");
            }
    }
}
