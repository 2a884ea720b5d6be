using System.Linq.Expressions;

namespace Nop.Plugin.Payments.MultiSafepay.Configuration;

/// <summary>An API key on the configuration page. It travels one way: it is stored encrypted and never shown, and an empty field keeps the one that is set.</summary>
/// <param name="setting">The setting that holds the key, encrypted.</param>
/// <param name="entered">The new key on the page.</param>
/// <param name="isRemoved">Whether the owner wants the key to be forgotten.</param>
/// <param name="protect">Encrypts a key for storage.</param>
public class KeyField(
    Expression<Func<MultiSafepaySettings, string?>> setting,
    Expression<Func<ConfigurationModel, string?>> entered,
    Func<ConfigurationModel, bool> isRemoved,
    Func<string?, string> protect) : SettingField<string?, string?>(setting, entered, _ => null, key => key)
{
    /// <inheritdoc/>
    protected override string? ToSetting(ConfigurationModel model, string? enteredKey, string? storedKey) =>
        !string.IsNullOrWhiteSpace(enteredKey) ? protect(enteredKey) : isRemoved(model) ? string.Empty : storedKey;
}
