using System.Net;
using System.Text.RegularExpressions;
using Microsoft.Extensions.DependencyInjection;
using Nop.Plugin.Payments.MultiSafepay.Api;
using Nop.Plugin.Payments.MultiSafepay.Configuration;
using Nop.Plugin.Payments.MultiSafepay.Payments.Stores;
using NUnit.Framework;
using Sandbox.Testing;

namespace Nop.Plugin.Payments.MultiSafepay.Tests.Configuration;

/// <summary>The configuration page as an owner uses it: every setting is shown, saved, and saved for one store only where the owner says so.</summary>
[TestFixture]
[Category(EveryVersion.Category)]
internal sealed partial class ConfigurationPageTests
{
    private const string Page = "Admin/MultiSafepay/Configure";

    /// <summary>For each setting of the page another value than the one that is installed.</summary>
    private static readonly Dictionary<string, (string Property, string Posted, object Stored)> _values = new()
    {
        [nameof(MultiSafepaySettings.Environment)] = ("EnvironmentId", "1", MultiSafepayEnvironment.Live),
        [nameof(MultiSafepaySettings.TestApiKey)] = ("TestApiKey", " test-key-of-nobody ", "test-key-of-nobody"),
        [nameof(MultiSafepaySettings.LiveApiKey)] = ("LiveApiKey", "live-key-of-nobody", "live-key-of-nobody"),
        [nameof(MultiSafepaySettings.NotificationBaseUrl)] = ("NotificationBaseUrl", " https://hooks.example.com ", "https://hooks.example.com"),
        [nameof(MultiSafepaySettings.DebugLog)] = ("DebugLog", "true", true),
        [nameof(MultiSafepaySettings.Enabled)] = ("Enabled", "false", false),
        [nameof(MultiSafepaySettings.HostedPageOnly)] = ("HostedPageOnly", "true", true),
        [nameof(MultiSafepaySettings.GroupCards)] = ("GroupCards", "false", false),
        [nameof(MultiSafepaySettings.NewMethodsEnabled)] = ("NewMethodsEnabled", "false", false),
        [nameof(MultiSafepaySettings.SaveCards)] = ("SaveCards", "true", true),
        [nameof(MultiSafepaySettings.Subscriptions)] = ("Subscriptions", "true", true),
        [nameof(MultiSafepaySettings.SubscriptionRetryDays)] = ("SubscriptionRetryDays", " 2, 5 ", "2, 5"),
        [nameof(MultiSafepaySettings.SubscriptionFailure)] = ("SubscriptionFailureId", "1", SubscriptionFailurePolicy.Pause),
        [nameof(MultiSafepaySettings.SubscriptionNoticeDays)] = ("SubscriptionNoticeDays", "7", 7),
        [nameof(MultiSafepaySettings.AdditionalFee)] = ("AdditionalFee", "1.5", 1.5m),
        [nameof(MultiSafepaySettings.AdditionalFeePercentage)] = ("AdditionalFeePercentage", "true", true),
        [nameof(MultiSafepaySettings.Methods)] = ("Methods", "IDEAL", """{"IDEAL":{}}"""),
        [nameof(MultiSafepaySettings.ChargeCurrency)] = ("ChargeCurrencyId", "1", ChargeCurrency.Primary),
        [nameof(MultiSafepaySettings.SendCart)] = ("SendCart", "false", false),
        [nameof(MultiSafepaySettings.DescriptionTemplate)] = ("DescriptionTemplate", "Order {order_number} ", "Order {order_number}"),
        [nameof(MultiSafepaySettings.OrderIdTemplate)] = ("OrderIdTemplate", "S-{order_number}", "S-{order_number}"),
        [nameof(MultiSafepaySettings.LinkLifetime)] = ("LinkLifetime", "72", 72),
        [nameof(MultiSafepaySettings.LinkLifetimeUnit)] = ("LinkLifetimeUnitId", "1", LifetimeUnit.Hours),
        [nameof(MultiSafepaySettings.SecondChance)] = ("SecondChance", "true", true),
        [nameof(MultiSafepaySettings.BankTransferInShop)] = ("BankTransferInShop", "true", true),
        [nameof(MultiSafepaySettings.CancelledThenPaid)] = ("CancelledThenPaidId", "20", CancelledThenPaidPolicy.Reopen),
        [nameof(MultiSafepaySettings.TemplateId)] = ("TemplateId", "t-1", "t-1"),
        [nameof(MultiSafepaySettings.HouseNumberAttribute)] = ("HouseNumberAttribute", "House number", "House number"),
        [nameof(MultiSafepaySettings.ManualCaptureVisa)] = ("ManualCaptureVisa", "true", true),
        [nameof(MultiSafepaySettings.ManualCaptureMastercard)] = ("ManualCaptureMastercard", "true", true),
        [nameof(MultiSafepaySettings.ManualCaptureMaestro)] = ("ManualCaptureMaestro", "true", true),
        [nameof(MultiSafepaySettings.CaptureOnShipment)] = ("CaptureOnShipment", "true", true),
        [nameof(MultiSafepaySettings.PartialShipments)] = ("PartialShipments", "true", true),
        [nameof(MultiSafepaySettings.AuthorizationWarningDays)] = ("AuthorizationWarningDays", "5", 5),
        [nameof(MultiSafepaySettings.ShipmentMode)] = ("ShipmentModeId", "1", ShipmentMode.All)
    };

    private static IEnumerable<string> Settings => _values.Keys;

    [Test]
    public async Task Every_setting_is_on_the_page_once()
    {
        await using var shop = await TestShop.StartAsync();
        var names = await shop.InScopeAsync(services => Task.FromResult(
            services.GetServices<IConfigurationGroup>().SelectMany(group => group.Fields).Select(field => field.Name).ToList()));
        var settings = typeof(MultiSafepaySettings).GetProperties().Select(property => property.Name);
        Assert.That(names, Is.EquivalentTo(settings));
        Assert.That(names.Except([nameof(MultiSafepaySettings.StatusMapping)]), Is.EquivalentTo(Settings), "another value is known for each, but for the table with its own tests");
    }

    [Test]
    public async Task Settings_saved_for_all_stores_are_stored_and_shown_again()
    {
        await using var shop = await TestShop.StartAsync();
        using var browser = shop.NewBrowser();

        // Two of them do not go together.
        foreach (var other in new[] { nameof(MultiSafepaySettings.HostedPageOnly), "ManualCapture" })
        {
            var settings = Settings.Where(setting => !setting.StartsWith(other, StringComparison.Ordinal)).ToList();
            await browser.PostFromAsync(Page, Page, [.. settings.Select(setting => Field(_values[setting]))]);
            Assert.Multiple(async () =>
            {
                foreach (var setting in settings)
                    Assert.That(await StoredAsync(shop, setting, 0), Is.EqualTo(_values[setting].Stored), setting);
            });
        }

        var page = await browser.ReadAsync(Page);
        Assert.That(page, Does.Contain("Order {order_number}").And.Contain("https://hooks.example.com").And.Not.Contain("key-of-nobody"));
    }

    [Test]
    public async Task A_store_gets_its_own_value_only_where_the_override_box_is_checked()
    {
        await using var shop = await TestShop.StartAsync();
        using var browser = shop.NewBrowser();
        await browser.PostFromAsync(Page, "Admin/Setting/ChangeStoreScopeConfiguration", ("storeid", "2"), ("returnUrl", "/" + Page));
        var shared = new Dictionary<string, object?>();
        foreach (var setting in Settings)
            shared[setting] = await StoredAsync(shop, setting, 0);

        // A browser posts the whole form, filled in; only the override box makes the difference.
        List<(string, string)> form = [.. _values.Values.Select(Field)];
        foreach (var setting in Settings)
        {
            // A card is captured by hand only where cards are not grouped, as they are in all stores.
            List<string> own = setting.StartsWith("ManualCapture", StringComparison.Ordinal) ? [nameof(MultiSafepaySettings.GroupCards), setting] : [setting];
            var boxes = own.Select(name => $"{_values[name].Property}_OverrideForStore").ToList();
            await browser.PostFromAsync(Page, Page, [.. form, .. boxes.Select(box => (box, "true"))]);
            foreach (var other in Settings)
            {
                Assert.That(await StoredAsync(shop, other, 2), Is.EqualTo(own.Contains(other) ? _values[other].Stored : shared[other]), $"{setting}: {other} of the store");
                Assert.That(await StoredAsync(shop, other, 0), Is.EqualTo(shared[other]), $"{setting}: {other} of all stores");
            }

            Assert.That(Ticked(await browser.ReadAsync(Page)), Is.EquivalentTo(boxes));
        }
    }

    [Test]
    public async Task Inherited_settings_of_a_store_need_not_be_posted()
    {
        // The browser disables these fields and sends nothing of them, not even a lifetime that would be valid.
        await using var shop = await TestShop.StartAsync();
        using var browser = shop.NewBrowser();
        await browser.PostFromAsync(Page, "Admin/Setting/ChangeStoreScopeConfiguration", ("storeid", "2"), ("returnUrl", "/" + Page));
        await browser.PostFromAsync(Page, Page, ("SendCart", "false"), ("SendCart_OverrideForStore", "true"));
        Assert.That(await StoredAsync(shop, nameof(MultiSafepaySettings.SendCart), 2), Is.False);

        var refused = await browser.SendFromAsync(Page, Page, ("ChargeCurrencyId", "9"), ("ChargeCurrencyId_OverrideForStore", "true"));
        Assert.That(refused.Status, Is.EqualTo(HttpStatusCode.OK));
        Assert.That(refused.Text, Does.Contain("the customer's or the primary currency").And.Not.Contain("can be from 5 minutes").And.Match("name=\"LinkLifetime\"[^>]*value=\"30\""));
    }

    [Test]
    public async Task An_empty_key_field_keeps_the_API_key_and_the_remove_box_deletes_it()
    {
        await using var shop = await TestShop.StartAsync();
        using var browser = shop.NewBrowser();
        await browser.PostFromAsync(Page, Page, ("LinkLifetime", "30"), ("TestApiKey", "test-key-of-nobody"));
        await browser.PostFromAsync(Page, Page, ("LinkLifetime", "30"), ("TestApiKey", " "));
        Assert.That(await StoredAsync(shop, nameof(MultiSafepaySettings.TestApiKey), 0), Is.EqualTo("test-key-of-nobody"));
        await browser.PostFromAsync(Page, Page, ("LinkLifetime", "30"), ("RemoveTestApiKey", "true"));
        Assert.That(await StoredAsync(shop, nameof(MultiSafepaySettings.TestApiKey), 0), Is.Null);
    }

    [Test]
    public async Task A_rejected_form_is_shown_again_completely_and_without_API_keys()
    {
        await using var shop = await TestShop.StartAsync();
        using var browser = shop.NewBrowser();
        var answer = await browser.SendFromAsync(Page, Page, ("TestApiKey", "not one key"), ("LinkLifetime", "0"));
        Assert.That(answer.Status, Is.EqualTo(HttpStatusCode.OK));
        Assert.That(answer.Text, Does.Contain("has no spaces").And.Contain("can be from 5 minutes to 365 days").And.Contain("/multisafepay/notification/1").And.Not.Contain("not one key"));
    }

    // A row of the list of methods has fields of its own; its gateway is enough.
    private static (string Name, string Value) Field((string Property, string Posted, object Stored) value) =>
        (value.Property == nameof(ConfigurationModel.Methods) ? "Methods[0].Gateway" : value.Property, value.Posted);

    private static IEnumerable<string> Ticked(string page) => Box().Matches(page)
        .Where(box => box.Value.Contains("checked=\"checked\"", StringComparison.Ordinal)).Select(box => box.Groups["name"].Value);

    private static Task<object?> StoredAsync(TestShop shop, string setting, int storeId) => shop.InScopeAsync(async services =>
    {
        var storeSettings = services.GetRequiredService<StoreSettings>();
        var settings = await storeSettings.ForStoreAsync(storeId);
        return setting switch
        {
            nameof(MultiSafepaySettings.TestApiKey) => storeSettings.Credentials(settings, MultiSafepayEnvironment.Test)?.ApiKey,
            nameof(MultiSafepaySettings.LiveApiKey) => storeSettings.Credentials(settings, MultiSafepayEnvironment.Live)?.ApiKey,
            _ => typeof(MultiSafepaySettings).GetProperty(setting)!.GetValue(settings)
        };
    });

    [GeneratedRegex("""<input[^>]* name="(?<name>\w+_OverrideForStore)"[^>]*>""")]
    private static partial Regex Box();
}
