using Nop.Core.Domain.Stores;
using Nop.Plugin.Payments.MultiSafepay.Payments.Stores;
using Nop.Services.Stores;

namespace Nop.Plugin.Payments.MultiSafepay.Configuration;

/// <summary>The settings for notifications and logging.</summary>
public class NotificationsGroup(StoreSettings storeSettings, IStoreService storeService, ShopUrls shopUrls, ConfigurationTexts texts) : IConfigurationGroup
{
    /// <inheritdoc/>
    public IReadOnlyList<SettingField> Fields { get; } =
    [
        SettingField.For(settings => settings.NotificationBaseUrl, model => model.NotificationBaseUrl),
        SettingField.For(settings => settings.DebugLog, model => model.DebugLog)
    ];

    /// <inheritdoc/>
    public async Task PrepareModelAsync(ConfigurationModel model, MultiSafepaySettings settings)
    {
        var scope = model.ActiveStoreScopeConfiguration;
        var urls = new List<NotificationUrlModel>();
        foreach (var store in (await storeService.GetAllStoresAsync()).Where(store => scope == 0 || store.Id == scope))
            urls.Add(await NotificationUrlAsync(store));
        model.NotificationUrls = urls;
    }

    private async Task<NotificationUrlModel> NotificationUrlAsync(Store store)
    {
        var url = ShopUrls.Notification(store, await storeSettings.ForStoreAsync(store.Id));
        var problems = new List<string>();
        foreach (var problem in shopUrls.Check(url))
            problems.Add(await texts.TextAsync($"UrlProblem.{problem}"));
        return new NotificationUrlModel(store.Id, store.Name, url, problems);
    }
}
