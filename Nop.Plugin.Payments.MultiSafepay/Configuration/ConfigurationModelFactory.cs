using Microsoft.AspNetCore.Mvc.ModelBinding;
using Nop.Plugin.Payments.MultiSafepay.Payments.Stores;
using Nop.Services.Configuration;

namespace Nop.Plugin.Payments.MultiSafepay.Configuration;

/// <summary>Loads the configuration page from the settings of a store scope, and saves it to them.</summary>
public class ConfigurationModelFactory(
    IEnumerable<IConfigurationGroup> groups,
    SettingCombinations combinations,
    UnreadableValues unreadableValues,
    StoreSettings storeSettings,
    ISettingService settingService)
{
    private IEnumerable<SettingField> Fields => groups.SelectMany(group => group.Fields);

    /// <summary>Creates the model for a store scope.</summary>
    /// <param name="storeScope">The id of the store; 0 for all stores.</param>
    /// <param name="question">A finished check of the payment methods; null for none.</param>
    public async Task<ConfigurationModel> CreateAsync(int storeScope, MethodCheckModel? question = null)
    {
        var settings = await storeSettings.ForStoreAsync(storeScope);
        var model = new ConfigurationModel { ActiveStoreScopeConfiguration = storeScope, MethodCheck = question ?? new MethodCheckModel() };
        foreach (var field in Fields)
        {
            field.ToModel(settings, model);
            if (storeScope > 0)
                await field.ShowOverrideAsync(settingService, settings, model);
        }

        return await PrepareModelAsync(model);
    }

    /// <summary>
    /// Fills in the values that the selected store takes over from all stores, whose fields the browser disables and does not send. Discards the validation errors of these
    /// fields, and then validates the combination of all settings.
    /// </summary>
    public async Task SettleInheritedAsync(ConfigurationModel model, ModelStateDictionary found)
    {
        foreach (var key in Inherited(model).SelectMany(field => found.FindKeysWithPrefix(field.PropertyName)).Select(entry => entry.Key).ToList())
            found.Remove(key);
        await unreadableValues.ReplaceMessagesAsync(found);

        // The settings of all stores, because a value that the store has of its own is removed when its box is not ticked.
        var shared = await storeSettings.ForStoreAsync(0);
        foreach (var field in Inherited(model))
            field.ToModel(shared, model);
        await combinations.RefuseAsync(model, found);
    }

    /// <summary>Adds the data that the browser does not send back, for example after a rejected form.</summary>
    public async Task<ConfigurationModel> PrepareModelAsync(ConfigurationModel model)
    {
        var settings = await storeSettings.ForStoreAsync(model.ActiveStoreScopeConfiguration);
        foreach (var group in groups)
            await group.PrepareModelAsync(model, settings);
        return model;
    }

    /// <summary>Saves the page for its store scope only.</summary>
    public async Task SaveAsync(ConfigurationModel model)
    {
        var settings = await storeSettings.ForStoreAsync(model.ActiveStoreScopeConfiguration);
        foreach (var field in Fields)
        {
            field.ToSettings(model, settings);
            await field.SaveAsync(settingService, settings, model);
        }

        await settingService.ClearCacheAsync();
    }

    private IEnumerable<SettingField> Inherited(ConfigurationModel model) =>
        model.ActiveStoreScopeConfiguration == 0 ? [] : Fields.Where(field => !field.IsOverridden(model));
}
