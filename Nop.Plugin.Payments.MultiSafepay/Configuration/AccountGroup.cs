using Nop.Plugin.Payments.MultiSafepay.Api;
using Nop.Plugin.Payments.MultiSafepay.Payments.Stores;

namespace Nop.Plugin.Payments.MultiSafepay.Configuration;

/// <summary>The settings of the MultiSafepay account: the environment and the API keys.</summary>
public class AccountGroup(StoreSettings storeSettings, ConfigurationTexts texts) : IConfigurationGroup
{
    /// <inheritdoc/>
    public IReadOnlyList<SettingField> Fields { get; } =
    [
        SettingField.For(settings => settings.Environment, model => model.EnvironmentId),
        new KeyField(settings => settings.TestApiKey, model => model.TestApiKey, model => model.RemoveTestApiKey, storeSettings.Protect),
        new KeyField(settings => settings.LiveApiKey, model => model.LiveApiKey, model => model.RemoveLiveApiKey, storeSettings.Protect)
    ];

    /// <inheritdoc/>
    public async Task PrepareModelAsync(ConfigurationModel model, MultiSafepaySettings settings)
    {
        model.HasTestApiKey = storeSettings.Credentials(settings, MultiSafepayEnvironment.Test) is not null;
        model.HasLiveApiKey = storeSettings.Credentials(settings, MultiSafepayEnvironment.Live) is not null;
        model.TestApiKeyState = await StateOfAsync(settings, MultiSafepayEnvironment.Test, model.HasTestApiKey);
        model.LiveApiKeyState = await StateOfAsync(settings, MultiSafepayEnvironment.Live, model.HasLiveApiKey);
        model.TestApiKey = model.LiveApiKey = null;
        model.AvailableEnvironments = await texts.OptionsAsync<MultiSafepayEnvironment>("Environment");
    }

    private Task<string> StateOfAsync(MultiSafepaySettings settings, MultiSafepayEnvironment environment, bool isSet) => texts.TextAsync(
        isSet ? "Configuration.KeyIsSet" : storeSettings.IsUnreadable(settings, environment) ? "Configuration.KeyIsUnreadable" : "Configuration.KeyIsNotSet");
}
