using System.Linq.Expressions;

namespace Nop.Plugin.Payments.MultiSafepay.Configuration;

/// <summary>An API key on the configuration page. It is stored encrypted and never shown; an empty field keeps the stored key.</summary>
/// <param name="setting">The setting with the encrypted key.</param>
/// <param name="entered">The new key on the page.</param>
/// <param name="isRemoved">Whether the owner wants to remove the key.</param>
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
