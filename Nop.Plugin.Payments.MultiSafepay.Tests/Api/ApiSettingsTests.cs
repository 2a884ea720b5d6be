using Nop.Plugin.Payments.MultiSafepay.Api;
using NUnit.Framework;

namespace Nop.Plugin.Payments.MultiSafepay.Tests.Api;

/// <summary>Where to call, and as whom.</summary>
[TestFixture]
internal sealed class ApiSettingsTests
{
    [TestCase(null)]
    [TestCase("")]
    [TestCase("  ")]
    public void The_official_URLs_are_used_without_a_development_URL(string? url)
    {
        var endpoints = ApiEndpoints.From(url);

        Assert.That(endpoints.IsDevelopment, Is.False);
        Assert.That(endpoints.For(MultiSafepayEnvironment.Test), Is.EqualTo(new Uri("https://testapi.multisafepay.com/v1/json/")));
        Assert.That(endpoints.For(MultiSafepayEnvironment.Live), Is.EqualTo(new Uri("https://api.multisafepay.com/v1/json/")));
        Assert.That(() => endpoints.For((MultiSafepayEnvironment)2), Throws.InstanceOf<ArgumentOutOfRangeException>());
    }

    [TestCase("http://localhost:5090/v1/json/")]
    [TestCase("http://localhost:5090/v1/json")]
    [TestCase(" http://localhost:5090/v1/json// ")]
    public void A_development_URL_replaces_both_official_URLs(string url)
    {
        var endpoints = ApiEndpoints.From(url);

        Assert.That(endpoints.IsDevelopment, Is.True);
        Assert.That(endpoints.For(MultiSafepayEnvironment.Test), Is.EqualTo(new Uri("http://localhost:5090/v1/json/")));
        Assert.That(endpoints.For(MultiSafepayEnvironment.Live), Is.EqualTo(new Uri("http://localhost:5090/v1/json/")));
    }

    [TestCase("localhost:5090")]
    [TestCase("/v1/json/")]
    [TestCase("ftp://localhost/")]
    [TestCase("file:///v1/json/")]
    [TestCase("http://user:secret@localhost/")]
    [TestCase("http://localhost/?key=1")]
    [TestCase("http://localhost/#part")]
    public void An_invalid_development_URL_is_rejected(string url) => Assert.That(() => ApiEndpoints.From(url), Throws.ArgumentException);

    [Test]
    public void The_API_key_is_trimmed_and_never_printed()
    {
        var credentials = new ApiCredentials(MultiSafepayEnvironment.Test, " key \r\n");
        Assert.That(credentials.ApiKey, Is.EqualTo("key"));
        Assert.That((credentials with { ApiKey = "\tother " }).ApiKey, Is.EqualTo("other"));
        Assert.That(new ApiCredentials(MultiSafepayEnvironment.Test, null!).ApiKey, Is.Empty);
        Assert.That(credentials, Is.EqualTo(new ApiCredentials(MultiSafepayEnvironment.Test, "key")));
        Assert.That(credentials.ToString(), Does.Contain("Test").And.Not.Contain("key"));
    }
}
