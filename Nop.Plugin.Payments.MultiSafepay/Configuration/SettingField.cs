using System.Linq.Expressions;
using System.Reflection;
using Nop.Services.Configuration;

namespace Nop.Plugin.Payments.MultiSafepay.Configuration;

/// <summary>
/// A setting on the configuration page: copies it from the settings to the page and back, and handles values of a single store. The model has a property for
/// the value, and a flag of the same name with nopCommerce's suffix "_OverrideForStore".
/// </summary>
public abstract class SettingField
{
    /// <summary>The name of the setting.</summary>
    public abstract string Name { get; }

    /// <summary>The name of the property of the page's model.</summary>
    public abstract string PropertyName { get; }

    /// <summary>Creates a field for a setting that the page shows unchanged. Text is trimmed when it is saved.</summary>
    /// <param name="setting">The setting.</param>
    /// <param name="property">The property of the page's model.</param>
    public static SettingField For<TValue>(Expression<Func<MultiSafepaySettings, TValue>> setting, Expression<Func<ConfigurationModel, TValue>> property) =>
        new SettingField<TValue, TValue>(setting, property, value => value, value => value is string text && text.Trim() is TValue trimmed ? trimmed : value);

    /// <summary>Creates a field for an enum setting, which the page represents by its numeric value.</summary>
    /// <inheritdoc cref="For{TValue}(Expression{Func{MultiSafepaySettings, TValue}}, Expression{Func{ConfigurationModel, TValue}})"/>
    public static SettingField For<TEnum>(Expression<Func<MultiSafepaySettings, TEnum>> setting, Expression<Func<ConfigurationModel, int>> property)
        where TEnum : struct, Enum =>
        new SettingField<TEnum, int>(setting, property, value => Convert.ToInt32(value, null), number => (TEnum)Enum.ToObject(typeof(TEnum), number));

    /// <summary>Whether the page has an own value for the selected store.</summary>
    public abstract bool IsOverridden(ConfigurationModel model);

    /// <summary>Copies the setting to the page.</summary>
    public abstract void ToModel(MultiSafepaySettings settings, ConfigurationModel model);

    /// <summary>Copies the value of the page to the settings, without saving it.</summary>
    public abstract void ToSettings(ConfigurationModel model, MultiSafepaySettings settings);

    /// <summary>Sets the flag on the page that says whether the selected store has its own value.</summary>
    public abstract Task ShowOverrideAsync(ISettingService settingService, MultiSafepaySettings settings, ConfigurationModel model);

    /// <summary>Saves the setting for the page's store scope only. The caller must clear the settings cache.</summary>
    public abstract Task SaveAsync(ISettingService settingService, MultiSafepaySettings settings, ConfigurationModel model);
}

/// <summary>A <see cref="SettingField"/> with different types in the settings and on the page.</summary>
/// <param name="setting">The setting.</param>
/// <param name="property">The property of the page's model.</param>
/// <param name="toPage">Converts a setting to the value on the page.</param>
/// <param name="toSetting">Converts a value of the page to the setting.</param>
public class SettingField<TSetting, TProperty>(
    Expression<Func<MultiSafepaySettings, TSetting>> setting,
    Expression<Func<ConfigurationModel, TProperty>> property,
    Func<TSetting, TProperty> toPage,
    Func<TProperty, TSetting> toSetting) : SettingField
{
    private readonly PropertyInfo _setting = PropertyOf(setting);
    private readonly PropertyInfo _property = PropertyOf(property);
    private readonly PropertyInfo _override = OverrideOf(PropertyOf(property));

    /// <inheritdoc/>
    public override string Name => _setting.Name;

    /// <inheritdoc/>
    public override string PropertyName => _property.Name;

    /// <inheritdoc/>
    public override bool IsOverridden(ConfigurationModel model) => (bool)_override.GetValue(model)!;

    /// <inheritdoc/>
    public override void ToModel(MultiSafepaySettings settings, ConfigurationModel model) =>
        _property.SetValue(model, toPage((TSetting)_setting.GetValue(settings)!));

    /// <inheritdoc/>
    public override void ToSettings(ConfigurationModel model, MultiSafepaySettings settings) =>
        _setting.SetValue(settings, ToSetting(model, (TProperty)_property.GetValue(model)!, (TSetting)_setting.GetValue(settings)!));

    /// <inheritdoc/>
    public override async Task ShowOverrideAsync(ISettingService settingService, MultiSafepaySettings settings, ConfigurationModel model) =>
        _override.SetValue(model, await settingService.SettingExistsAsync(settings, setting, model.ActiveStoreScopeConfiguration));

    /// <inheritdoc/>
    public override Task SaveAsync(ISettingService settingService, MultiSafepaySettings settings, ConfigurationModel model) =>
        settingService.SaveSettingOverridablePerStoreAsync(settings, setting, IsOverridden(model), model.ActiveStoreScopeConfiguration, false);

    /// <summary>Returns the value to save.</summary>
    /// <param name="model">The page.</param>
    /// <param name="value">The value on the page.</param>
    /// <param name="stored">The stored value.</param>
    protected virtual TSetting ToSetting(ConfigurationModel model, TProperty value, TSetting stored) => toSetting(value);

    private static PropertyInfo PropertyOf<T, TValue>(Expression<Func<T, TValue>> expression) => (PropertyInfo)((MemberExpression)expression.Body).Member;

    private static PropertyInfo OverrideOf(PropertyInfo property) => typeof(ConfigurationModel).GetProperty($"{property.Name}_OverrideForStore")
        ?? throw new InvalidOperationException($"{nameof(ConfigurationModel)} does not say whether a store has its own {property.Name}.");
}
