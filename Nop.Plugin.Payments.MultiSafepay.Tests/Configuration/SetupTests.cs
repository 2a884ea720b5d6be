using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Nop.Plugin.Payments.MultiSafepay.Payments.Notices;
using Nop.Plugin.Payments.MultiSafepay.Tests.Integration;
using NUnit.Framework;
using Sandbox.Testing;

namespace Nop.Plugin.Payments.MultiSafepay.Tests.Configuration;

/// <summary>What the configuration page tries out for the owner, over HTTP: the checklist, the tests, the diagnostics.</summary>
[TestFixture]
internal sealed class SetupTests : IntegrationFixture
{
    private const string Page = "Admin/MultiSafepay/Configure";
    private const string Setup = "Admin/MultiSafepaySetup/";

    [Test]
    public async Task A_store_that_is_reached_by_http_is_never_said_to_use_https()
    {
        var checklist = await Host.Browser.ReadAsync($"{Setup}Checklist");
        Assert.That(checklist, Does.Not.Contain("The store uses https").And.Contain("only with the development API URL"));
    }

    [Test]
    public async Task The_checklist_of_a_configured_shop_is_ready()
    {
        var checklist = await Host.Browser.ReadAsync($"{Setup}Checklist");
        Assert.That(checklist, Does.Contain("ready to take payments").And.Not.Contain("not ready yet").And.Not.Contain("<details open"));
        Assert.That(checklist, Does.Contain("A signed test notification arrived").And.Contain("The key works in the test environment"));
    }

    [Test]
    public async Task Missing_setup_is_named_with_a_link_to_fix_it()
    {
        await Host.SetAsync(settings => settings.TestApiKey = string.Empty);
        var checklist = await Host.Browser.ReadAsync($"{Setup}Checklist");
        Assert.That(checklist, Does.Contain("not ready yet").And.Contain("<details open").And.Contain("No key is set for the test environment").And.Contain("href=\"#TestApiKey\""));

        await Host.Browser.PostFromAsync("Admin/Plugin/List", "Admin/Plugin/SetActive", ("systemName", MultiSafepayDefaults.SystemName), ("active", "false"));
        Assert.That(await Host.Browser.ReadAsync($"{Setup}Checklist"), Does.Contain("MultiSafepay is not active").And.Contain("href=\"/Admin/Payment/Methods\""));
    }

    [Test]
    public async Task An_API_key_can_be_tested_without_being_saved()
    {
        await Host.SetAsync(settings => settings.TestApiKey = string.Empty);
        var tried = await Host.Browser.SendFromAsync(Page, $"{Setup}TestConnection?environment=Test", ("TestApiKey", SimulatorRun.Key), ("LiveApiKey", "something-else"));
        Assert.That(tried.Text, Does.Contain("The key works"));
        Assert.That(await Host.Browser.ReadAsync(Page), Does.Not.Contain("A key is set"), "it is not saved");

        tried = await Host.Browser.SendFromAsync(Page, $"{Setup}TestConnection?environment=Test", ("TestApiKey", "nobodys-key"));
        Assert.That(tried.Text, Does.Contain("To be fixed:"));
    }

    [Test]
    public async Task The_stored_API_key_is_tested_if_none_is_entered()
    {
        var tried = await Host.Browser.SendFromAsync(Page, $"{Setup}TestConnection?environment=Test", ("TestApiKey", ""));
        Assert.That(tried.Text, Does.Contain("The key works").And.Not.Contain(SimulatorRun.Key));
    }

    [Test]
    public async Task A_test_notification_changes_nothing()
    {
        var order = await Host.BuyWithoutNotificationsAsync();
        var notes = (await Host.NotesAsync(order)).Count;
        var tried = await Host.Browser.SendFromAsync(Page, $"{Setup}TestWebhook?storeId=1");
        Assert.That(tried.Text, Does.Contain("A signed test notification arrived"));
        Assert.That(await Host.NotesAsync(order), Has.Count.EqualTo(notes));
    }

    [TestCase("{0}elsewhere", "Nothing answers at this address")]
    [TestCase("http://127.0.0.1:9/", "does not answer")]
    [TestCase("http://no-such-host.invalid/", "no-such-host.invalid")]
    public async Task A_test_notification_that_does_not_arrive_is_explained(string address, string explanation)
    {
        await Host.SetAsync(settings => settings.NotificationBaseUrl = string.Format(null, address, Host.Shop.Url));
        var tried = await Host.Browser.SendFromAsync(Page, $"{Setup}TestWebhook?storeId=1");
        Assert.That(tried.Text, Does.Contain("To be fixed:").And.Contain(explanation));
    }

    [TestCase("TestConnection?environment=Test")]
    [TestCase("TestWebhook?storeId=1")]
    public async Task The_setup_tests_require_the_antiforgery_token(string path)
    {
        using var answer = await Host.Browser.SendAsync($"{Setup}{path}");
        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.BadRequest));
    }

    [Test]
    public async Task The_diagnostics_contain_what_support_needs_and_no_secret()
    {
        var order = await Host.BuyWithoutNotificationsAsync();
        await Host.NotifyAsync(IntegrationHost.Body(order, order.CustomOrderNumber));
        await Host.NotifyAsync(IntegrationHost.Body(order, order.CustomOrderNumber), key: "forged");
        await Host.ReconcileAsync();

        var page = await Host.Browser.ReadAsync($"{Setup}Diagnostics");
        using var download = await Host.Browser.GetAsync($"{Setup}DownloadDiagnostics");
        var file = await download.Content.ReadAsStringAsync();

        Assert.That(download.Content.Headers.ContentDisposition?.FileName, Does.Match("multisafepay-.*\\.txt"));
        foreach (var report in new[] { page, file })
        {
            Assert.That(report, Does.Contain("POST /multisafepay/notification/1").And.Contain("200 OK").And.Contain("401 "));
            Assert.That(report, Does.Contain("TestApiKey").And.Contain("***").And.Contain("LinkLifetime").And.Contain(Host.Shop.Url.ToString()));
            Assert.That(report, Does.Not.Contain(SimulatorRun.Key).And.Not.Contain("Voorbeeldkade").And.Not.Contain("sam@customer.example"));
        }
    }

    [Test]
    public async Task Forged_notifications_do_not_displace_accepted_ones_from_the_diagnostics()
    {
        var activity = await Host.Shop.InScopeAsync(services => Task.FromResult(services.GetRequiredService<RecentActivity>()));
        activity.Notified("the real one", 200, "OK");
        for (var i = 0; i < 1000; i++)
            activity.Notified("forged", 401, "no");
        Assert.That(activity.Accepted.Select(entry => entry.What), Is.EqualTo(new[] { "the real one" }));
        Assert.That(activity.Refused, Has.Count.EqualTo(RecentActivity.Capacity));
    }
}
