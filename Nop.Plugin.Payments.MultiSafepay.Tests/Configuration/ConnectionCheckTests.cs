using System.Net;
using Moq;
using Nop.Plugin.Payments.MultiSafepay.Api;
using Nop.Plugin.Payments.MultiSafepay.Configuration;
using Nop.Plugin.Payments.MultiSafepay.Payments.Stores;
using Nop.Plugin.Payments.MultiSafepay.Tests.Api;
using Nop.Plugin.Payments.MultiSafepay.Tests.Localization;
using Nop.Services.Localization;
using NUnit.Framework;

namespace Nop.Plugin.Payments.MultiSafepay.Tests.Configuration;

/// <summary>A key that is tried before it is saved: what works, and the usual mistakes by name.</summary>
[TestFixture]
internal sealed class ConnectionCheckTests
{
    private const string TestKey = "made-up-test-key";
    private const string LiveKey = "made-up-live-key";

    [TestCase(MultiSafepayEnvironment.Test, TestKey, CheckState.Good, "works in the test environment: account 10, website 77, 2 active")]
    [TestCase(MultiSafepayEnvironment.Live, LiveKey, CheckState.Good, "works in the live environment")]
    [TestCase(MultiSafepayEnvironment.Test, " " + TestKey + "\n", CheckState.Good, "spaces around the key")]
    [TestCase(MultiSafepayEnvironment.Test, LiveKey, CheckState.Bad, "not a test key but a live key")]
    [TestCase(MultiSafepayEnvironment.Live, TestKey, CheckState.Bad, "not a live key but a test key")]
    [TestCase(MultiSafepayEnvironment.Live, "somebody-else", CheckState.Bad, "does not know this key in the live environment")]
    [TestCase(MultiSafepayEnvironment.Live, "not a key", CheckState.Bad, "does not know this key")]
    [TestCase(MultiSafepayEnvironment.Test, "  ", CheckState.Bad, "No key is set for the test environment")]
    [TestCase(MultiSafepayEnvironment.Test, "inactive", CheckState.Bad, "its website is not active")]
    [TestCase(MultiSafepayEnvironment.Test, "blocked", CheckState.Bad, "the account is blocked")]
    [TestCase(MultiSafepayEnvironment.Test, "odd", CheckState.Bad, "error 4711: something new")]
    [TestCase(MultiSafepayEnvironment.Test, "down", CheckState.Bad, "could not be reached")]
    [TestCase(MultiSafepayEnvironment.Test, "no-methods", CheckState.Warning, "has no active payment method")]
    public async Task Checking_an_API_key_reports_success_or_the_usual_mistakes(MultiSafepayEnvironment environment, string key, CheckState state, string text)
    {
        var result = await CheckAsync(environment, key);
        Assert.That(result.State, Is.EqualTo(state), result.Text);
        Assert.That(result.Text, Does.Contain(text));
        Assert.That(result.Text, Does.Not.Contain(TestKey).And.Not.Contain(LiveKey), "a key is never shown");
    }

    private static async Task<CheckResult> CheckAsync(MultiSafepayEnvironment environment, string key)
    {
        var english = Texts.Load("en");
        var localization = new Mock<ILocalizationService>();
        localization.Setup(service => service.GetResourceAsync(It.IsAny<string>())).Returns((string name) => Task.FromResult(english[name[(MultiSafepayDefaults.ResourcePrefix.Length + 1)..]]));
        var handler = new StubHandler((request, _) => Task.FromResult(Answer(request)));
        return await new ConnectionCheck(handler.CreateClient(), new RefusedKeys(TimeProvider.System), new ConfigurationTexts(localization.Object)).RunAsync(environment, key, CancellationToken.None);
    }

    private static HttpResponseMessage Answer(StubHandler.Request request) => (request.Headers["api_key"], request.Uri.Host) switch
    {
        (TestKey or "no-methods", "testapi.multisafepay.com") or (LiveKey, "api.multisafepay.com") => request.Uri.AbsolutePath.EndsWith("/me", StringComparison.Ordinal)
            ? StubHandler.Json("""{"success":true,"data":{"account_id":10,"role":"admin","site_id":77}}""")
            : StubHandler.Json(request.Headers["api_key"] == "no-methods" ? """{"success":true,"data":[]}""" : """{"success":true,"data":[{"id":"IDEAL"},{"id":"VISA"}]}"""),
        ("inactive", _) => Refusal(1019, "Site inactive"),
        ("blocked", _) => Refusal(1020, "Account blocked"),
        ("odd", _) => Refusal(4711, "something new"),
        ("down", _) => new HttpResponseMessage(HttpStatusCode.BadGateway),
        _ => Refusal(1032, "Invalid API key")
    };

    private static HttpResponseMessage Refusal(int code, string info) =>
        StubHandler.Json($$"""{"success":false,"data":[],"error_code":{{code}},"error_info":"{{info}}"}""", HttpStatusCode.Unauthorized);
}
