using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Nop.Core.Caching;
using Nop.Core.Domain.Common;
using Nop.Core.Domain.Localization;
using Nop.Core.Events;
using Nop.Plugin.Payments.MultiSafepay.Infrastructure;
using Nop.Plugin.Payments.MultiSafepay.Payments.Notices;
using Nop.Services.Common;
using Nop.Services.Localization;
using NUnit.Framework;
using Sandbox.Testing;

namespace Nop.Plugin.Payments.MultiSafepay.Tests.Localization;

/// <summary>Which texts a shop gets in which of its languages: at the installation, with an update, with a new language; and what of the owner's own stays.</summary>
[TestFixture]
internal sealed class TextInstallerTests
{
    private static readonly string[] _cultures = ["de-AT", "fr-BE", "es-MX", "it-CH", "pt-BR", "pl-PL"];

    private TestShop _shop = null!;

    [SetUp]
    public async Task StartAsync() => _shop = await TestShop.StartAsync();

    [TearDown]
    public async Task StopAsync() => await _shop.DisposeAsync();

    [TestCase("de-DE", "de")]
    [TestCase("de-AT", "de")]
    [TestCase("DE_CH", "de")]
    [TestCase("pt-BR", "pt")]
    [TestCase("fr", "fr")]
    [TestCase("pl-PL", "en")]
    [TestCase("fil-PH", "en", Description = "Filipino is not Finnish")]
    [TestCase("est-EE", "en", Description = "Estonian is not Spanish")]
    [TestCase("", "en")]
    [TestCase(null, "en")]
    public void A_language_gets_its_texts_whatever_its_region(string? culture, string expected) =>
        Assert.That(Names(TextResources.For(new Language { LanguageCulture = culture })), Is.EqualTo(Names(TextResources.Read(expected))));

    [Test]
    public async Task The_installation_adds_texts_for_every_language_of_the_shop()
    {
        await UninstallAsync();
        var languages = new List<Language>();
        foreach (var culture in _cultures)
            languages.Add(await InsertLanguageAsync(culture));
        await _shop.InScopeAsync(services => services.GetRequiredService<IStaticCacheManager>().RemoveByPrefixAsync(NopEntityCacheDefaults<Language>.AllPrefix));
        await InstallAsync();

        foreach (var language in languages)
            Assert.That(await TextsAsync(language), Is.EqualTo(Names(TextResources.For(language))), language.LanguageCulture);
    }

    [Test]
    public async Task A_language_that_is_added_later_gets_its_texts_at_once()
    {
        var before = await AllTextsAsync();
        foreach (var culture in _cultures)
        {
            // nopCommerce has the list of languages in its cache, and clears it after the plugin has handled the event of the new one.
            await _shop.InScopeAsync(services => services.GetRequiredService<ILanguageService>().GetAllLanguagesAsync(showHidden: true));
            var language = await AddLanguageAsync(culture);
            Assert.That(await TextsAsync(language), Is.EqualTo(Names(TextResources.For(language))), culture);
        }

        Assert.That(before.Except(await AllTextsAsync()), Is.Empty, "those of the other languages stay as they are");
    }

    [Test]
    public async Task An_update_adds_missing_texts_and_keeps_edited_ones()
    {
        var austrian = await AddLanguageAsync("de-AT");
        var rows = await RowsAsync();
        var (reworded, missing) = (rows.Where((_, index) => index % 7 == 0).ToList(), rows.Where((_, index) => index % 7 == 3).ToList());
        foreach (var row in reworded)
        {
            // Some are emptied: that is the owner's choice too.
            row.ResourceValue = row.Id % 2 == 0 ? $"our own words {row.Id}" : string.Empty;
            await _shop.Database.UpdateAsync(row);
        }

        foreach (var row in missing)
            await _shop.Database.DeleteAsync(row);
        await _shop.InScopeAsync(services => services.GetRequiredService<Nop.Services.Configuration.ISettingService>().ClearCacheAsync());

        await UpdateAsync();
        var after = await AllTextsAsync();
        Assert.That(reworded.Select(Key).Except(after), Is.Empty);
        Assert.That(missing.Select(Key).Except(after), Is.Empty, "they come back in their own language");
        Assert.That(after, Has.Count.EqualTo(rows.Count));
        Assert.That(missing.Select(row => row.LanguageId).Distinct().ToList(), Has.Count.EqualTo(3).And.Contain(austrian.Id));
    }

    // Of three texts that an earlier version had in other words, the owner has edited one, and for one it is not known who wrote it.
    [Test]
    public async Task An_update_corrects_texts_that_the_owner_has_not_edited()
    {
        const string Earlier = "what an earlier version said";
        var rows = (await RowsAsync()).Where(row => row.LanguageId == 1).Take(3).ToList();
        var texts = TextResources.For(await _shop.Database.FindAsync<Language>(1));
        var keys = rows.Select(row => texts.Keys.Single(key => string.Equals(key, row.ResourceName, StringComparison.OrdinalIgnoreCase))).ToList();
        var corrected = texts[keys[0]];
        rows[0].ResourceValue = rows[2].ResourceValue = Earlier;
        rows[1].ResourceValue = "our own words";
        foreach (var row in rows)
            await _shop.Database.UpdateAsync(row);
        var hash = Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(Earlier)))[..8];
        await _shop.InScopeAsync(async services => await services.GetRequiredService<IGenericAttributeService>().SaveAttributeAsync(
            new Language { Id = 1 }, "MultiSafepay.Texts", JsonSerializer.Serialize(new Dictionary<string, string> { [keys[0]] = hash, [keys[1]] = hash })));
        await _shop.InScopeAsync(services => services.GetRequiredService<Nop.Services.Configuration.ISettingService>().ClearCacheAsync());

        await UpdateAsync();

        var after = (await RowsAsync()).Where(row => row.LanguageId == 1).ToDictionary(row => row.ResourceName, row => row.ResourceValue);
        Assert.That(rows.Select(row => after[row.ResourceName]), Is.EqualTo(new[] { corrected, "our own words", Earlier }));
    }

    [Test]
    public async Task An_update_without_new_texts_writes_nothing_and_reads_little()
    {
        var (reads, writes) = (_shop.Database.Reads, _shop.Database.Writes);
        await UpdateAsync();
        Assert.That(_shop.Database.Writes, Is.EqualTo(writes));
        Assert.That(_shop.Database.Reads - reads, Is.LessThan(10), "the texts of a language are one query");
    }

    [Test]
    public async Task Uninstalling_removes_the_texts_of_all_languages_and_no_others()
    {
        await AddLanguageAsync("fr-FR");
        var neighbour = new LocaleStringResource { LanguageId = 1, ResourceName = "plugins.payments.multiple", ResourceValue = "somebody else's" };
        await _shop.Database.InsertAsync(neighbour);
        await UninstallAsync();
        Assert.That(await RowsAsync(), Is.Empty);
        Assert.That(await _shop.Database.ListAsync<GenericAttribute>(attribute => attribute.Key == "MultiSafepay.Texts"), Is.Empty);
        Assert.That(await _shop.Database.FindAsync<LocaleStringResource>(neighbour.Id), Is.Not.Null);
    }

    private static (int Language, string Name, string Value) Key(LocaleStringResource row) => (row.LanguageId, row.ResourceName, row.ResourceValue);

    // As nopCommerce keeps them, in lower case.
    private static IEnumerable<(string Name, string Value)> Names(Dictionary<string, string> texts) => texts.Select(text => (text.Key.ToLowerInvariant(), text.Value)).Order();

    private async Task<Language> InsertLanguageAsync(string culture)
    {
        var language = new Language { Name = culture, LanguageCulture = culture, UniqueSeoCode = "xx", Published = culture.Length % 2 == 0, DisplayOrder = 9 };
        await _shop.Database.InsertAsync(language);
        return language;
    }

    private async Task<Language> AddLanguageAsync(string culture)
    {
        var language = await InsertLanguageAsync(culture);
        await _shop.InScopeAsync(services => services.GetRequiredService<IEventPublisher>().PublishAsync(new EntityInsertedEvent<Language>(language)));
        return language;
    }

    private Task UpdateAsync() => _shop.InScopeAsync(services => services.GetRequiredService<TextInstaller>().UpdateAsync());

    private Task InstallAsync() => _shop.InScopeAsync(services => services.GetRequiredService<TextInstaller>().InstallAsync());

    private Task UninstallAsync() => _shop.InScopeAsync(services => services.GetRequiredService<TextInstaller>().UninstallAsync());

    private Task<List<LocaleStringResource>> RowsAsync() =>
        _shop.Database.ListAsync<LocaleStringResource>(row => row.ResourceName.StartsWith("plugins.payments.multisafepay.", StringComparison.Ordinal));

    private async Task<List<(int Language, string Name, string Value)>> AllTextsAsync() => [.. (await RowsAsync()).Select(Key)];

    private async Task<List<(string Name, string Value)>> TextsAsync(Language language) =>
        [.. (await RowsAsync()).Where(row => row.LanguageId == language.Id).Select(row => (row.ResourceName, row.ResourceValue)).Order()];
}
