using Nop.Core.Domain.Stores;
using Nop.Plugin.Payments.MultiSafepay.Payments.Stores;
using NUnit.Framework;

namespace Nop.Plugin.Payments.MultiSafepay.Tests.Payments.Stores;

/// <summary>The addresses that MultiSafepay is given, and what it would refuse in them.</summary>
[TestFixture]
public class ShopUrlsTests
{
    [TestCase("https://shop.example.com/", false, null, "https://shop.example.com/multisafepay/notification/3")]
    [TestCase("https://shop.example.com", false, null, "https://shop.example.com/multisafepay/notification/3")]
    [TestCase("http://shop.example.com/", true, null, "https://shop.example.com/multisafepay/notification/3")]
    [TestCase("http://shop.example.com/", false, null, "http://shop.example.com/multisafepay/notification/3")]
    [TestCase("https://example.com/shop/nl/", true, null, "https://example.com/shop/nl/multisafepay/notification/3")]
    [TestCase("http://10.0.0.5:8080/", false, " https://tunnel.example.net/a/ ", "https://tunnel.example.net/a/multisafepay/notification/3")]
    [TestCase("https://shop.example.com/", false, "  ", "https://shop.example.com/multisafepay/notification/3")]
    public void The_notification_URL_is_built_from_the_store_URL_or_its_override(string storeUrl, bool ssl, string? overrideUrl, string expected) => Assert.That(
        ShopUrls.Notification(new Store { Id = 3, Url = storeUrl, SslEnabled = ssl }, new MultiSafepaySettings { NotificationBaseUrl = overrideUrl }),
        Is.EqualTo(expected));

    [TestCase("https://shop.example.com/multisafepay/notification/1", false)]
    [TestCase("http://shop.example.com/multisafepay/notification/1", false, ShopUrlProblem.NotHttps)]
    [TestCase("https://shop.example.com:8443/multisafepay/notification/1", false, ShopUrlProblem.HasPort)]
    [TestCase("https://shop.example.com:443/multisafepay/notification/1", false, ShopUrlProblem.HasPort)]
    [TestCase("http://localhost:5080/multisafepay/notification/1", false, ShopUrlProblem.NotHttps, ShopUrlProblem.HasPort)]
    [TestCase("http://localhost:5080/multisafepay/notification/1", true)]
    [TestCase("https://shop.example.com/winkel?a=b", true, ShopUrlProblem.ForbiddenCharacters)]
    [TestCase("https://shop.example.com/a b", false, ShopUrlProblem.ForbiddenCharacters)]
    [TestCase("https://bücher.example.com/", false, ShopUrlProblem.ForbiddenCharacters)]
    [TestCase("https://user:1@shop.example.com/", false, ShopUrlProblem.ForbiddenCharacters)]
    [TestCase("/multisafepay/notification/1", false, ShopUrlProblem.NotAbsolute)]
    [TestCase("ftp://shop.example.com/", false, ShopUrlProblem.NotAbsolute)]
    [TestCase("", false, ShopUrlProblem.NotAbsolute)]
    [TestCase(null, true, ShopUrlProblem.NotAbsolute)]
    public void Each_URL_rule_of_MultiSafepay_reports_its_own_problem(string? url, bool development, params ShopUrlProblem[] expected) =>
        Assert.That(ShopUrls.Check(url, development), Is.EqualTo(expected));

    [Test]
    public void A_URL_may_have_at_most_150_characters([Values(150, 151)] int length)
    {
        var url = "https://shop.example.com/".PadRight(length, 'a');
        Assert.That(ShopUrls.Check(url, development: false), length == 150 ? Is.Empty : Is.EqualTo(new[] { ShopUrlProblem.TooLong }));
    }
}
