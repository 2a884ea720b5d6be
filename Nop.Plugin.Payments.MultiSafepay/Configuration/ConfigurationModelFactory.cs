using Microsoft.AspNetCore.Mvc.ModelBinding;
using Nop.Plugin.Payments.MultiSafepay.Payments.Stores;
using Nop.Services.Configuration;

namespace Nop.Plugin.Payments.MultiSafepay.Configuration;

/// <summary>Fills the configuration page from the settings of a store scope, and the settings from the page.</summary>
public class ConfigurationModelFactory(IEnumerable<IConfigurationGroup> groups, SettingCombinations combinations, StoreSettings storeSettings, ISettingService settingService)
{
    private IEnumerable<SettingField> Fields => groups.SelectMany(group => group.Fields);

    /// <summary>The page for a store scope; 0 is all stores.</summary>
    /// <param name="storeScope">The scope.</param>
    /// <param name="question">An answered question about the payment methods, or null.</param>
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
    /// Takes the values that are not saved from where they come: where a store follows all stores, the browser disables the fields and sends nothing of them. What was
    /// found wrong with them is forgotten, and what does not go together with them is refused.
    /// </summary>
    public async Task SettleInheritedAsync(ConfigurationModel model, ModelStateDictionary found)
    {
        foreach (var key in Inherited(model).SelectMany(field => found.FindKeysWithPrefix(field.PropertyName)).Select(entry => entry.Key).ToList())
            found.Remove(key);

        // What the store has of its own at this moment goes when the box is not ticked.
        var shared = await storeSettings.ForStoreAsync(0);
        foreach (var field in Inherited(model))
            field.ToModel(shared, model);
        await combinations.RefuseAsync(model, found);
    }

    /// <summary>Adds what the browser does not send back, after a page that was refused.</summary>
    public async Task<ConfigurationModel> PrepareModelAsync(ConfigurationModel model)
    {
        var settings = await storeSettings.ForStoreAsync(model.ActiveStoreScopeConfiguration);
        foreach (var group in groups)
            await group.PrepareModelAsync(model, settings);
        return model;
    }

    /// <summary>Saves the page for its store scope, and touches no other scope.</summary>
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
