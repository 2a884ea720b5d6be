using Microsoft.Extensions.DependencyInjection;
using Nop.Core.Domain.Directory;
using Nop.Core.Domain.Stores;
using Nop.Plugin.Payments.MultiSafepay.Api;
using Nop.Plugin.Payments.MultiSafepay.Configuration;
using Nop.Services.Configuration;
using NUnit.Framework;
using Sandbox.Shop;
using Sandbox.Testing;

namespace Nop.Plugin.Payments.MultiSafepay.Tests.Configuration;

/// <summary>The lines of the checklist that look at the shop itself, by MultiSafepay's rules for a real shop. Without a key nothing is called.</summary>
[TestFixture]
[Category(EveryVersion.Category)]
internal sealed class ChecklistTests
{
    private TestShop _shop = null!;

    [OneTimeSetUp]
    public async Task StartAsync() => _shop = await TestShop.StartAsync(new ShopOptions
    {
        ApiKey = null,
        ConfigureServices = services => services.AddSingleton(ApiEndpoints.From(null))
    });

    [OneTimeTearDown]
    public async Task StopAsync() => await _shop.DisposeAsync();

    [TestCase("http://shop.example/", false, CheckState.Bad, "https addresses only", "https addresses only")]
    [TestCase("http://shop.example/", true, CheckState.Good, "uses https", "needs a key")]
    [TestCase("https://shop.example/", false, CheckState.Good, "uses https", "needs a key")]
    [TestCase("https://shop.example:8443/", true, CheckState.Good, "uses https", "port number")]
    [TestCase("shop.example", true, CheckState.Bad, "https addresses only", "not a full address")]
    public async Task The_checklist_checks_the_store_URL_and_its_notification_URL(string url, bool ssl, CheckState https, string httpsText, string webhookText)
    {
        var store = (await _shop.Database.FindAsync<Store>(1))!;
        (store.Url, store.SslEnabled) = (url, ssl);
        await _shop.Database.UpdateAsync(store);

        var steps = await StepsAsync();
        Assert.That(steps["Secure address (https)"].Result.State, Is.EqualTo(https));
        Assert.That(steps["Secure address (https)"].Result.Text, Does.Contain(httpsText));
        Assert.That(steps["Secure address (https)"].Link, Is.EqualTo("Admin/Store/Edit/1"));
        Assert.That(steps["Notifications"].Result.State, Is.EqualTo(CheckState.Bad));
        Assert.That(steps["Notifications"].Result.Text, Does.Contain(webhookText));
    }

    [TestCase("EUR USD", CheckState.Good, "can process: EUR, USD")]
    [TestCase("EUR KWD", CheckState.Good, "can process EUR. Orders in KWD are charged in the primary store currency")]
    [TestCase("KWD", CheckState.Bad, "none of this store's currencies: KWD")]
    public async Task The_checklist_checks_for_a_supported_currency(string published, CheckState state, string text)
    {
        foreach (var currency in await _shop.Database.ListAsync<Currency>())
        {
            currency.Published = published.Split(' ').Contains(currency.CurrencyCode);
            await _shop.Database.UpdateAsync(currency);
        }

        var step = (await StepsAsync())["Currency"];
        Assert.That((step.Result.State, step.Link), Is.EqualTo((state, "Admin/Currency/List")));
        Assert.That(step.Result.Text, Does.Contain(text));
    }

    [TestCase(false, 2880, "", 30, null)]
    [TestCase(true, 2880, "", 30, "after 48 hours, but their payment links are valid for 720 hours")]
    [TestCase(true, 90, "Payments.Manual", 2, "after 1.5 hours, but their payment links are valid for 48 hours")]
    [TestCase(true, 2880, "Payments.Manual, payments.multisafepay", 30, "cancels no unpaid order while")]
    [TestCase(true, 2880, "", 2, "cancels no unpaid order while")]
    public async Task Automatic_cancellation_by_the_shop_is_compared_with_the_lifetime_of_payment_links(bool cancels, int delay, string ignored, int days, string? text)
    {
        await SetAsync(settings => settings.LinkLifetime = days, ("OrderSettings.AutoCancelEnabled", cancels), ("OrderSettings.AutoCancelDelay", delay),
            ("OrderSettings.AutoCancelIgnoredPaymentMethods", ignored));
        var checklist = (await ChecklistsAsync(1)).Single();
        var step = checklist.Steps.SingleOrDefault(step => step.Title == "Unpaid orders");

        Assert.That(step?.Result.Text, text is null ? Is.Null : Does.Contain(text));
        Assert.That(step?.Result.State, Is.EqualTo(text is null ? (CheckState?)null : text.StartsWith("after", StringComparison.Ordinal) ? CheckState.Warning : CheckState.Good));
        Assert.That(step?.Link ?? "Admin/Setting/Order", Is.EqualTo("Admin/Setting/Order"));
    }

    [TestCase(true, true, true)]
    [TestCase(true, false, false)]
    [TestCase(false, true, false)]
    public async Task Reminders_of_both_the_shop_and_MultiSafepay_are_reported(bool ofShop, bool ofMultiSafepay, bool isReported)
    {
        await SetAsync(settings => settings.SecondChance = ofMultiSafepay, ("ReminderSettings.PendingOrdersEnabled", ofShop));
        var step = (await ChecklistsAsync(1)).Single().Steps.SingleOrDefault(step => step.Title == "Payment reminders");

        Assert.That(step is not null, Is.EqualTo(isReported));
        if (step is not null)
            Assert.That((step.Result.State, step.Link, step.IsRequired), Is.EqualTo((CheckState.Warning, "#SecondChance", false)));
    }

    [Test]
    public void A_step_that_is_not_required_leaves_a_store_ready()
    {
        var good = new SetupStep("a", new CheckResult(CheckState.Good, "b"), "c");
        var advice = new SetupStep("a", new CheckResult(CheckState.Warning, "b"), "c", IsRequired: false);
        Assert.Multiple(() =>
        {
            Assert.That(new StoreChecklist("s", [good, advice]), Has.Property("IsReady").True.And.Property("IsComplete").False);
            Assert.That(new StoreChecklist("s", [good]), Has.Property("IsReady").True.And.Property("IsComplete").True);
            Assert.That(new StoreChecklist("s", [good, advice with { IsRequired = true }]), Has.Property("IsReady").False.And.Property("IsComplete").False);
        });
    }

    [Test]
    public async Task A_missing_API_key_is_the_first_item_and_skips_the_connection_test()
    {
        var checklist = (await ChecklistsAsync(1)).Single();
        Assert.That(checklist.IsReady, Is.False);
        Assert.That((checklist.Steps[0].Title, checklist.Steps[0].Link), Is.EqualTo(("API key", "#TestApiKey")));
        Assert.That(checklist.Steps.Select(step => step.Title), Has.None.EqualTo("Connection to MultiSafepay"));
    }

    [Test]
    public async Task Each_store_has_its_own_checklist() =>
        Assert.That((await ChecklistsAsync(0)).Select(checklist => checklist.Store), Is.EqualTo((await _shop.Database.ListAsync<Store>()).Select(store => store.Name)));

    private async Task<Dictionary<string, SetupStep>> StepsAsync() => (await ChecklistsAsync(1)).Single().Steps.ToDictionary(step => step.Title);

    private Task SetAsync(Action<MultiSafepaySettings> change, params (string Key, object Value)[] ofShop) => _shop.InScopeAsync(async services =>
    {
        var service = services.GetRequiredService<ISettingService>();
        var settings = await service.LoadSettingAsync<MultiSafepaySettings>();
        change(settings);
        await service.SaveSettingAsync(settings);
        foreach (var (key, value) in ofShop)
            await service.SetSettingAsync(key, FormattableString.Invariant($"{value}"));
    });

    private Task<IReadOnlyList<StoreChecklist>> ChecklistsAsync(int scope) =>
        _shop.InScopeAsync(services => services.GetRequiredService<SetupChecklist>().CreateAsync(scope, CancellationToken.None));
}
