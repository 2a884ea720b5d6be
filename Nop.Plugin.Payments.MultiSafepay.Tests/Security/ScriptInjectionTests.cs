using System.Net;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Nop.Core.Domain.Orders;
using Nop.Plugin.Payments.MultiSafepay.Tests.Integration;
using Nop.Plugin.Payments.MultiSafepay.Tests.OrderPanel;
using NUnit.Framework;
using Sandbox.Shop;
using Sandbox.Testing;

namespace Nop.Plugin.Payments.MultiSafepay.Tests.Security;

/// <summary>
/// Script in whatever a customer types or MultiSafepay answers, on every page that shows it. nopCommerce encodes order notes and log lines when it shows them
/// (IHtmlFormatter.FormatText, without HTML), as the sandbox's pages do.
/// </summary>
[TestFixture]
internal sealed partial class ScriptInjectionTests : SecurityFixture
{
    private const string Script = "<script>owned()</script>\" onmouseover=\"owned()\" x='{{owned()}}";

    private static readonly string[] _rewritten = ["name", "description", "type", "reason", "error_info", "svg", "large", "medium", "vector", "payment_description", "invoice_url"];

    private string? _value;

    protected override ShopOptions Configure(ShopOptions options) =>
        options with { ConfigureServices = services => services.Rewrite(field => _rewritten.Contains(field) ? _value : null) };

    [Test]
    public async Task Script_in_data_from_MultiSafepay_is_encoded_on_every_page()
    {
        var order = await Host.BuyWithoutNotificationsAsync();
        foreach (var (field, value) in new[] { ("status", Script), ("transaction_id", Script[..40]), ("reason", Script), ("order_id", Script), ("currency", Script) })
        {
            var body = IntegrationHost.Body(order, order.CustomOrderNumber, field == "reason" ? "declined" : "completed");
            body[field] = value;
            Assert.That((await Host.NotifyAsync(body)).Status, Is.EqualTo(HttpStatusCode.OK), field);
        }

        var paid = IntegrationHost.Body(order, order.CustomOrderNumber);
        paid["payment_details"] = new JsonObject { ["type"] = Script, ["last4"] = Script };
        paid["payment_methods"] = new JsonArray(new JsonObject { ["type"] = Script, ["payment_description"] = Script });
        await Host.NotifyAsync(paid);
        await Host.NotifyAsync(paid, key: "forged", query: $"?transactionid={Uri.EscapeDataString(Script)}");
        await Host.HintAsync(Uri.EscapeDataString(Script));
        Assert.That(await Host.OurNotesAsync(order), Has.Some.Contains("<script>"), "the words are there");

        _value = Script;
        await PagesAreCleanAsync(order);
    }

    [Test]
    public async Task Script_in_customer_input_is_encoded_on_every_page()
    {
        await Host.Browser.PostAsync("Cart/Add", ("productId", "1"), ("quantity", "1"));
        await Host.Browser.PostAsync("checkout", ("FirstName", Script), ("LastName", Script), ("Email", "sam@customer.example"), ("Phone", Script), ("Address1", Script),
            ("Zip", Script), ("City", Script), ("CountryId", "1"), ("Shipping", "Standard delivery"), ("PaymentMethod", MultiSafepayDefaults.SystemName));
        await Host.Browser.SendAsync("Checkout/PaymentInfo", ("multisafepay-method", Script));
        await Host.Browser.PostAsync("Checkout/PaymentInfo");
        await Host.Browser.PlaceOrderAsync();
        await PagesAreCleanAsync((await Host.Shop.Database.ListAsync<Order>()).MaxBy(order => order.Id)!);
    }

    [Test]
    public async Task Script_in_payment_method_names_is_encoded_in_the_checkout()
    {
        _value = Script;
        await Host.LoadMethodsAsync();
        using var browser = Host.Shop.NewBrowser();
        await browser.PostAsync("Cart/Add", ("productId", "1"), ("quantity", "1"));
        await browser.EnterAddressAsync(MultiSafepayDefaults.SystemName);
        await IsCleanAsync("Checkout/PaymentInfo", browser, mustShow: true);
        await IsCleanAsync("Admin/MultiSafepay/Configure", browser, mustShow: true);
    }

    [TestCase("javascript:owned()")]
    [TestCase("//elsewhere.example/x.png")]
    public async Task A_logo_with_an_invalid_URL_is_omitted(string address)
    {
        _value = address;
        await Host.LoadMethodsAsync();
        using var browser = Host.Shop.NewBrowser();
        await browser.PostAsync("Cart/Add", ("productId", "1"), ("quantity", "1"));
        await browser.EnterAddressAsync(MultiSafepayDefaults.SystemName);
        foreach (var page in new[] { "Checkout/PaymentInfo", "Admin/MultiSafepay/Configure" })
            Assert.That(await browser.ReadAsync(page), Does.Not.Contain($"src=\"{address}\""), page);
    }

    /// <summary>
    /// nopCommerce writes what <c>T</c> gives back to the page as it is, and what was put into its placeholders too. So placeholders are filled in by a helper whose string Razor
    /// encodes, from the text that <c>T</c> found.
    /// </summary>
    [Test]
    public void Arguments_of_localized_texts_are_encoded_in_views()
    {
        var views = Repository.FilesBelow("Nop.Plugin.Payments.MultiSafepay/Views", "*.cshtml").Select(File.ReadAllText).ToList();
        Assert.That(views.SelectMany(view => TextWithArguments().Matches(view).Select(match => match.Value)), Is.Empty);
        Assert.That(views.SelectMany(view => FilledText().Matches(view).Select(match => match.Value)).ToList(), Has.Count.GreaterThan(3).And.All.EndsWith(".Text"));
    }

    private async Task PagesAreCleanAsync(Order order)
    {
        foreach (var page in new[]
        {
            $"orderdetails/{order.Id}", "order/history", $"checkout/completed/{order.Id}", $"Admin/Order/Edit/{order.Id}", "Admin/Order/List",
            $"Admin/MultiSafepayPanel/Show/{order.Id}", "Admin/MultiSafepay/Configure", "Admin/MultiSafepaySetup/Checklist", "Admin/MultiSafepaySetup/Diagnostics",
            "Admin/System/Log", "Admin/System/Mails", "Admin/Common/Warnings",
        })
        {
            await IsCleanAsync(page, Host.Browser);
        }

        foreach (var action in new[] { "Refresh", "Link", "Send", "InvoiceUrl", "WithdrawRefund" })
            Clean((await Host.PressAsync(action, order, ("invoiceUrl", Script), ("refundId", Script))).Html, action);
    }

    private static async Task IsCleanAsync(string page, ShopBrowser browser, bool mustShow = false)
    {
        using var answer = await browser.GetAsync(page);
        var html = await answer.Content.ReadAsStringAsync();
        Clean(html, page);
        if (mustShow)
            Assert.That(WebUtility.HtmlDecode(html), Does.Contain("<script>owned()"), $"{page} shows it, as text");
    }

    [GeneratedRegex(@"\bT\((""[^""]*""|[\w.]+),(?:[^()]|\((?:[^()]|\([^()]*\))*\))*\)(\.Text)?")]
    private static partial Regex TextWithArguments();

    [GeneratedRegex(@"EditableText\.Fill\(CultureInfo\.\w+, T\([^()]*\)(\.Text)?")]
    private static partial Regex FilledText();

    private static void Clean(string html, string page)
    {
        Assert.That(html, Does.Not.Contain("<script>owned").IgnoreCase, page);
        Assert.That(html, Does.Not.Contain("onmouseover=\"owned").IgnoreCase, page);
    }
}
