using System.Linq.Expressions;
using System.Reflection;
using Nop.Services.Configuration;

namespace Nop.Plugin.Payments.MultiSafepay.Configuration;

/// <summary>
/// A setting on the configuration page: how it gets from the settings to the page and back, and whether a store has a value of its own. The model has a
/// property for the value, and beside it a flag of the same name with nopCommerce's ending "_OverrideForStore".
/// </summary>
public abstract class SettingField
{
    /// <summary>The name of the setting.</summary>
    public abstract string Name { get; }

    /// <summary>The name of the property of the page's model.</summary>
    public abstract string PropertyName { get; }

    /// <summary>A setting that the page shows as it is. Text is trimmed when it is saved.</summary>
    /// <param name="setting">The setting.</param>
    /// <param name="property">The property of the page's model.</param>
    public static SettingField For<TValue>(Expression<Func<MultiSafepaySettings, TValue>> setting, Expression<Func<ConfigurationModel, TValue>> property) =>
        new SettingField<TValue, TValue>(setting, property, value => value, value => value is string text && text.Trim() is TValue trimmed ? trimmed : value);

    /// <summary>A choice, which the page shows as the number of the enumeration's value.</summary>
    /// <inheritdoc cref="For{TValue}(Expression{Func{MultiSafepaySettings, TValue}}, Expression{Func{ConfigurationModel, TValue}})"/>
    public static SettingField For<TEnum>(Expression<Func<MultiSafepaySettings, TEnum>> setting, Expression<Func<ConfigurationModel, int>> property)
        where TEnum : struct, Enum =>
        new SettingField<TEnum, int>(setting, property, value => Convert.ToInt32(value, null), number => (TEnum)Enum.ToObject(typeof(TEnum), number));

    /// <summary>Whether the page wants a value of its own for the store of its scope.</summary>
    public abstract bool IsOverridden(ConfigurationModel model);

    /// <summary>Copies the setting to the page.</summary>
    public abstract void ToModel(MultiSafepaySettings settings, ConfigurationModel model);

    /// <summary>Copies the page's value to the settings, without saving it.</summary>
    public abstract void ToSettings(ConfigurationModel model, MultiSafepaySettings settings);

    /// <summary>Says on the page whether the store of its scope has a value of its own.</summary>
    public abstract Task ShowOverrideAsync(ISettingService settingService, MultiSafepaySettings settings, ConfigurationModel model);

    /// <summary>Saves the setting for the page's store scope, and touches no other scope. The cache is left to the caller.</summary>
    public abstract Task SaveAsync(ISettingService settingService, MultiSafepaySettings settings, ConfigurationModel model);
}

/// <summary>A <see cref="SettingField"/> whose value looks different on the page.</summary>
/// <param name="setting">The setting.</param>
/// <param name="property">The property of the page's model.</param>
/// <param name="toPage">What the page shows for a setting.</param>
/// <param name="toSetting">What is saved for a value from the page.</param>
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

    /// <summary>What is saved.</summary>
    /// <param name="model">The page.</param>
    /// <param name="value">The value on the page.</param>
    /// <param name="stored">What was saved before.</param>
    protected virtual TSetting ToSetting(ConfigurationModel model, TProperty value, TSetting stored) => toSetting(value);

    private static PropertyInfo PropertyOf<T, TValue>(Expression<Func<T, TValue>> expression) => (PropertyInfo)((MemberExpression)expression.Body).Member;

    private static PropertyInfo OverrideOf(PropertyInfo property) => typeof(ConfigurationModel).GetProperty($"{property.Name}_OverrideForStore")
        ?? throw new InvalidOperationException($"{nameof(ConfigurationModel)} does not say whether a store has its own {property.Name}.");
}
