using Microsoft.AspNetCore.Mvc.Rendering;
using Nop.Core.Domain.Stores;
using Nop.Plugin.Payments.MultiSafepay.Api;
using Nop.Plugin.Payments.MultiSafepay.Checkout;
using Nop.Services.Configuration;
using Nop.Services.Localization;
using Nop.Services.Stores;

namespace Nop.Plugin.Payments.MultiSafepay.Configuration;

/// <summary>Fills the configuration page from the settings of a store scope, and the settings from the page.</summary>
public class ConfigurationModelFactory(
    StoreSettings storeSettings,
    ISettingService settingService,
    IStoreService storeService,
    ILocalizationService localizationService,
    ShopUrls shopUrls)
{
    /// <summary>The page for a store scope; 0 is all stores.</summary>
    public async Task<ConfigurationModel> CreateAsync(int storeScope)
    {
        var settings = await storeSettings.ForStoreAsync(storeScope);
        var model = new ConfigurationModel
        {
            ActiveStoreScopeConfiguration = storeScope,
            EnvironmentId = (int)settings.Environment,
            NotificationBaseUrl = settings.NotificationBaseUrl,
            ChargeCurrencyId = (int)settings.ChargeCurrency,
            SendCart = settings.SendCart,
            DescriptionTemplate = settings.DescriptionTemplate,
            OrderIdTemplate = settings.OrderIdTemplate,
            LinkLifetime = settings.LinkLifetime,
            LinkLifetimeUnitId = (int)settings.LinkLifetimeUnit,
            SecondChance = settings.SecondChance,
            TemplateId = settings.TemplateId,
            HouseNumberAttribute = settings.HouseNumberAttribute,
            DebugLog = settings.DebugLog
        };

        if (storeScope > 0)
        {
            model.EnvironmentId_OverrideForStore = await settingService.SettingExistsAsync(settings, x => x.Environment, storeScope);
            model.TestApiKey_OverrideForStore = await settingService.SettingExistsAsync(settings, x => x.TestApiKey, storeScope);
            model.LiveApiKey_OverrideForStore = await settingService.SettingExistsAsync(settings, x => x.LiveApiKey, storeScope);
            model.NotificationBaseUrl_OverrideForStore = await settingService.SettingExistsAsync(settings, x => x.NotificationBaseUrl, storeScope);
            model.ChargeCurrencyId_OverrideForStore = await settingService.SettingExistsAsync(settings, x => x.ChargeCurrency, storeScope);
            model.SendCart_OverrideForStore = await settingService.SettingExistsAsync(settings, x => x.SendCart, storeScope);
            model.DescriptionTemplate_OverrideForStore = await settingService.SettingExistsAsync(settings, x => x.DescriptionTemplate, storeScope);
            model.OrderIdTemplate_OverrideForStore = await settingService.SettingExistsAsync(settings, x => x.OrderIdTemplate, storeScope);
            model.LinkLifetime_OverrideForStore = await settingService.SettingExistsAsync(settings, x => x.LinkLifetime, storeScope);
            model.LinkLifetimeUnitId_OverrideForStore = await settingService.SettingExistsAsync(settings, x => x.LinkLifetimeUnit, storeScope);
            model.SecondChance_OverrideForStore = await settingService.SettingExistsAsync(settings, x => x.SecondChance, storeScope);
            model.TemplateId_OverrideForStore = await settingService.SettingExistsAsync(settings, x => x.TemplateId, storeScope);
            model.HouseNumberAttribute_OverrideForStore = await settingService.SettingExistsAsync(settings, x => x.HouseNumberAttribute, storeScope);
            model.DebugLog_OverrideForStore = await settingService.SettingExistsAsync(settings, x => x.DebugLog, storeScope);
        }

        return await CompleteAsync(model);
    }

    /// <summary>Adds what the browser does not send back, after a page that was refused.</summary>
    public async Task<ConfigurationModel> CompleteAsync(ConfigurationModel model)
    {
        var settings = await storeSettings.ForStoreAsync(model.ActiveStoreScopeConfiguration);
        model.HasTestApiKey = storeSettings.Credentials(settings, MultiSafepayEnvironment.Test) is not null;
        model.HasLiveApiKey = storeSettings.Credentials(settings, MultiSafepayEnvironment.Live) is not null;
        model.TestApiKey = model.LiveApiKey = null;
        model.AvailableEnvironments = await OptionsAsync<MultiSafepayEnvironment>("Environment");
        model.AvailableChargeCurrencies = await OptionsAsync<ChargeCurrency>("ChargeCurrency");
        model.AvailableLinkLifetimeUnits = await OptionsAsync<LifetimeUnit>("LifetimeUnit");
        model.NotificationUrls = await NotificationUrlsAsync(model.ActiveStoreScopeConfiguration);
        return model;
    }

    /// <summary>Saves the page for its store scope, and touches no other scope.</summary>
    public async Task SaveAsync(ConfigurationModel model)
    {
        var scope = model.ActiveStoreScopeConfiguration;
        var settings = await storeSettings.ForStoreAsync(scope);
        settings.Environment = (MultiSafepayEnvironment)model.EnvironmentId;
        settings.TestApiKey = NewKey(settings.TestApiKey, model.TestApiKey, model.RemoveTestApiKey);
        settings.LiveApiKey = NewKey(settings.LiveApiKey, model.LiveApiKey, model.RemoveLiveApiKey);
        settings.NotificationBaseUrl = model.NotificationBaseUrl?.Trim();
        settings.ChargeCurrency = (ChargeCurrency)model.ChargeCurrencyId;
        settings.SendCart = model.SendCart;
        settings.DescriptionTemplate = model.DescriptionTemplate?.Trim();
        settings.OrderIdTemplate = model.OrderIdTemplate?.Trim();
        settings.LinkLifetime = model.LinkLifetime;
        settings.LinkLifetimeUnit = (LifetimeUnit)model.LinkLifetimeUnitId;
        settings.SecondChance = model.SecondChance;
        settings.TemplateId = model.TemplateId?.Trim();
        settings.HouseNumberAttribute = model.HouseNumberAttribute?.Trim();
        settings.DebugLog = model.DebugLog;

        await settingService.SaveSettingOverridablePerStoreAsync(settings, x => x.Environment, model.EnvironmentId_OverrideForStore, scope, false);
        await settingService.SaveSettingOverridablePerStoreAsync(settings, x => x.TestApiKey, model.TestApiKey_OverrideForStore, scope, false);
        await settingService.SaveSettingOverridablePerStoreAsync(settings, x => x.LiveApiKey, model.LiveApiKey_OverrideForStore, scope, false);
        await settingService.SaveSettingOverridablePerStoreAsync(settings, x => x.NotificationBaseUrl, model.NotificationBaseUrl_OverrideForStore, scope, false);
        await settingService.SaveSettingOverridablePerStoreAsync(settings, x => x.ChargeCurrency, model.ChargeCurrencyId_OverrideForStore, scope, false);
        await settingService.SaveSettingOverridablePerStoreAsync(settings, x => x.SendCart, model.SendCart_OverrideForStore, scope, false);
        await settingService.SaveSettingOverridablePerStoreAsync(settings, x => x.DescriptionTemplate, model.DescriptionTemplate_OverrideForStore, scope, false);
        await settingService.SaveSettingOverridablePerStoreAsync(settings, x => x.OrderIdTemplate, model.OrderIdTemplate_OverrideForStore, scope, false);
        await settingService.SaveSettingOverridablePerStoreAsync(settings, x => x.LinkLifetime, model.LinkLifetime_OverrideForStore, scope, false);
        await settingService.SaveSettingOverridablePerStoreAsync(settings, x => x.LinkLifetimeUnit, model.LinkLifetimeUnitId_OverrideForStore, scope, false);
        await settingService.SaveSettingOverridablePerStoreAsync(settings, x => x.SecondChance, model.SecondChance_OverrideForStore, scope, false);
        await settingService.SaveSettingOverridablePerStoreAsync(settings, x => x.TemplateId, model.TemplateId_OverrideForStore, scope, false);
        await settingService.SaveSettingOverridablePerStoreAsync(settings, x => x.HouseNumberAttribute, model.HouseNumberAttribute_OverrideForStore, scope, false);
        await settingService.SaveSettingOverridablePerStoreAsync(settings, x => x.DebugLog, model.DebugLog_OverrideForStore, scope, false);
        await settingService.ClearCacheAsync();
    }

    private string? NewKey(string? stored, string? entered, bool remove) =>
        !string.IsNullOrWhiteSpace(entered) ? storeSettings.Protect(entered) : remove ? string.Empty : stored;

    private async Task<IReadOnlyList<NotificationUrlModel>> NotificationUrlsAsync(int storeScope)
    {
        var urls = new List<NotificationUrlModel>();
        foreach (var store in (await storeService.GetAllStoresAsync()).Where(store => storeScope == 0 || store.Id == storeScope))
            urls.Add(await NotificationUrlAsync(store));
        return urls;
    }

    private async Task<NotificationUrlModel> NotificationUrlAsync(Store store)
    {
        var url = ShopUrls.Notification(store, await storeSettings.ForStoreAsync(store.Id));
        var problems = new List<string>();
        foreach (var problem in shopUrls.Check(url))
            problems.Add(await TextAsync($"UrlProblem.{problem}"));
        return new NotificationUrlModel(store.Name, url, problems);
    }

    private async Task<IList<SelectListItem>> OptionsAsync<TEnum>(string prefix) where TEnum : struct, Enum
    {
        var options = new List<SelectListItem>();
        foreach (var value in Enum.GetValues<TEnum>())
            options.Add(new SelectListItem(await TextAsync($"{prefix}.{value}"), value.ToString("D")));
        return options;
    }

    private Task<string> TextAsync(string key) => localizationService.GetResourceAsync($"{MultiSafepayDefaults.ResourcePrefix}.{key}");
}
