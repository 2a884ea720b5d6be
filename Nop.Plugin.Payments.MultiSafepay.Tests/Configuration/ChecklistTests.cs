using Microsoft.Extensions.DependencyInjection;
using Nop.Core.Domain.Directory;
using Nop.Core.Domain.Stores;
using Nop.Plugin.Payments.MultiSafepay.Api;
using Nop.Plugin.Payments.MultiSafepay.Configuration;
using NUnit.Framework;
using Sandbox.Shop;
using Sandbox.Testing;

namespace Nop.Plugin.Payments.MultiSafepay.Tests.Configuration;

/// <summary>The lines of the checklist that look at the shop itself, by MultiSafepay's rules for a real shop. Without a key nothing is called.</summary>
[TestFixture]
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

    private Task<IReadOnlyList<StoreChecklist>> ChecklistsAsync(int scope) =>
        _shop.InScopeAsync(services => services.GetRequiredService<SetupChecklist>().CreateAsync(scope, CancellationToken.None));
}
