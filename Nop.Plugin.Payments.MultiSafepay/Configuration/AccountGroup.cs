using Nop.Plugin.Payments.MultiSafepay.Api;
using Nop.Plugin.Payments.MultiSafepay.Payments.Stores;

namespace Nop.Plugin.Payments.MultiSafepay.Configuration;

/// <summary>The settings of the MultiSafepay account: the environment and the API keys.</summary>
public class AccountGroup(StoreSettings storeSettings, RefusedKeys refusedKeys, ConnectionCheck connectionCheck, ConfigurationTexts texts) : IConfigurationGroup
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
        model.IsTestApiKeyUnusable = IsUnusable(settings, MultiSafepayEnvironment.Test);
        model.IsLiveApiKeyUnusable = IsUnusable(settings, MultiSafepayEnvironment.Live);
        model.TestApiKeyState = await StateOfAsync(settings, MultiSafepayEnvironment.Test);
        model.LiveApiKeyState = await StateOfAsync(settings, MultiSafepayEnvironment.Live);
        model.TestApiKey = model.LiveApiKey = null;
        model.AvailableEnvironments = await texts.OptionsAsync<MultiSafepayEnvironment>("Environment");
    }

    /// <summary>Tests the keys that were just saved. Saving stays possible, because MultiSafepay may be unreachable, or the account not activated yet.</summary>
    /// <returns>What is wrong, in the owner's language; empty if nothing is.</returns>
    public async Task<IReadOnlyList<string>> TestSavedAsync(ConfigurationModel model, CancellationToken cancellationToken)
    {
        var problems = new List<string>();
        foreach (var (environment, key) in new[] { (MultiSafepayEnvironment.Test, model.TestApiKey), (MultiSafepayEnvironment.Live, model.LiveApiKey) })
        {
            if (!string.IsNullOrWhiteSpace(key) && await connectionCheck.RunAsync(environment, key.Trim(), cancellationToken) is { State: not CheckState.Good } result)
                problems.Add(result.Text);
        }

        return problems;
    }

    // MultiSafepay refuses it, or the shop can no longer decrypt it.
    private bool IsUnusable(MultiSafepaySettings settings, MultiSafepayEnvironment environment) =>
        storeSettings.IsUnreadable(settings, environment) || (storeSettings.Credentials(settings, environment) is { } credentials && refusedKeys.IsRefused(credentials));

    private async Task<string> StateOfAsync(MultiSafepaySettings settings, MultiSafepayEnvironment environment)
    {
        if (storeSettings.Credentials(settings, environment) is { } credentials)
            return refusedKeys.IsRefused(credentials)
                ? await texts.FormatAsync("Check.KeyRefused", await texts.TextAsync($"Check.Environment.{environment}"))
                : await texts.TextAsync("Configuration.KeyIsSet");
        return await texts.TextAsync(storeSettings.IsUnreadable(settings, environment) ? "Configuration.KeyIsUnreadable" : "Configuration.KeyIsNotSet");
    }
}
