using System.Net;
using Nop.Plugin.Payments.MultiSafepay.Configuration;
using NUnit.Framework;

namespace Nop.Plugin.Payments.MultiSafepay.Tests.Configuration;

/// <summary>What came back from the shop's own address, and what it means.</summary>
[TestFixture]
internal sealed class WebhookOutcomeTests
{
    [TestCase(200, null, "OK", WebhookOutcome.Ok)]
    [TestCase(200, null, "<html>OK, please sign in</html>", WebhookOutcome.OtherPage)]
    [TestCase(200, null, "", WebhookOutcome.OtherPage)]
    [TestCase(204, null, "", WebhookOutcome.OtherPage)]
    [TestCase(401, null, "The signature is missing or wrong.", WebhookOutcome.WrongKey)]
    [TestCase(401, null, "Authentication required", WebhookOutcome.Login)]
    [TestCase(403, null, "Blocked", WebhookOutcome.Forbidden)]
    [TestCase(404, null, "", WebhookOutcome.NotFound)]
    [TestCase(405, null, "", WebhookOutcome.NotFound)]
    [TestCase(500, null, "", WebhookOutcome.ServerError)]
    [TestCase(502, null, "Bad gateway", WebhookOutcome.ServerError)]
    [TestCase(302, null, "", WebhookOutcome.Redirect)]
    [TestCase(302, "/login?returnUrl=%2F", "", WebhookOutcome.Login)]
    [TestCase(302, "https://sso.example/SignIn", "", WebhookOutcome.Login)]
    [TestCase(301, "https://shop.example/multisafepay/notification/1?transactionid=x", "", WebhookOutcome.RedirectToHttps)]
    [TestCase(301, "http://www.shop.example/multisafepay/notification/1", "", WebhookOutcome.RedirectToHost)]
    [TestCase(302, "/nl/multisafepay/notification/1", "", WebhookOutcome.RedirectToLanguage)]
    [TestCase(307, "http://shop.example/en/multisafepay/notification/1", "", WebhookOutcome.RedirectToLanguage)]
    [TestCase(302, "/storeclosed", "", WebhookOutcome.Redirect)]
    public void A_webhook_test_response_is_classified(int status, string? location, string text, WebhookOutcome expected) =>
        Assert.That(
            WebhookOutcomes.From(new Uri("http://shop.example/multisafepay/notification/1"), (HttpStatusCode)status, location is null ? null : new Uri(location, UriKind.RelativeOrAbsolute), text),
            Is.EqualTo(expected));

    [TestCase(HttpRequestError.SecureConnectionError, WebhookOutcome.Certificate)]
    [TestCase(HttpRequestError.NameResolutionError, WebhookOutcome.UnknownHost)]
    [TestCase(HttpRequestError.ConnectionError, WebhookOutcome.Unreachable)]
    [TestCase(HttpRequestError.Unknown, WebhookOutcome.Unreachable)]
    public void A_webhook_test_connection_error_is_classified(HttpRequestError error, WebhookOutcome expected) => Assert.That(WebhookOutcomes.From(error), Is.EqualTo(expected));
}
