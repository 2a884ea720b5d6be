using Nop.Plugin.Payments.MultiSafepay.Payments.Stores;

namespace Nop.Plugin.Payments.MultiSafepay.Configuration;

/// <summary>The settings for captures and shipments.</summary>
public class AfterSalesGroup(ConfigurationTexts texts) : IConfigurationGroup
{
    /// <inheritdoc/>
    public IReadOnlyList<SettingField> Fields { get; } =
    [
        SettingField.For(settings => settings.ManualCaptureVisa, model => model.ManualCaptureVisa),
        SettingField.For(settings => settings.ManualCaptureMastercard, model => model.ManualCaptureMastercard),
        SettingField.For(settings => settings.ManualCaptureMaestro, model => model.ManualCaptureMaestro),
        SettingField.For(settings => settings.CaptureOnShipment, model => model.CaptureOnShipment),
        SettingField.For(settings => settings.AuthorizationWarningDays, model => model.AuthorizationWarningDays),
        SettingField.For(settings => settings.ShipmentMode, model => model.ShipmentModeId),
        SettingField.For(settings => settings.PartialShipments, model => model.PartialShipments)
    ];

    /// <inheritdoc/>
    public async Task PrepareModelAsync(ConfigurationModel model, MultiSafepaySettings settings) =>
        model.AvailableShipmentModes = await texts.OptionsAsync<ShipmentMode>("ShipmentMode");
}
