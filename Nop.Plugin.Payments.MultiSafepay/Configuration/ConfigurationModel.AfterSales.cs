using Microsoft.AspNetCore.Mvc.Rendering;
using Nop.Web.Framework.Mvc.ModelBinding;

namespace Nop.Plugin.Payments.MultiSafepay.Configuration;

// Captures and shipments.
public partial record ConfigurationModel
{
    /// <summary>Whether payments with Visa are captured by the owner.</summary>
    [NopResourceDisplayName("Plugins.Payments.MultiSafepay.Fields.ManualCaptureVisa")]
    public bool ManualCaptureVisa { get; set; }

    /// <inheritdoc cref="EnvironmentId_OverrideForStore"/>
    public bool ManualCaptureVisa_OverrideForStore { get; set; }

    /// <summary>Whether payments with Mastercard are captured by the owner.</summary>
    [NopResourceDisplayName("Plugins.Payments.MultiSafepay.Fields.ManualCaptureMastercard")]
    public bool ManualCaptureMastercard { get; set; }

    /// <inheritdoc cref="EnvironmentId_OverrideForStore"/>
    public bool ManualCaptureMastercard_OverrideForStore { get; set; }

    /// <summary>Whether payments with Maestro are captured by the owner.</summary>
    [NopResourceDisplayName("Plugins.Payments.MultiSafepay.Fields.ManualCaptureMaestro")]
    public bool ManualCaptureMaestro { get; set; }

    /// <inheritdoc cref="EnvironmentId_OverrideForStore"/>
    public bool ManualCaptureMaestro_OverrideForStore { get; set; }

    /// <summary>Whether the first shipment captures the payment.</summary>
    [NopResourceDisplayName("Plugins.Payments.MultiSafepay.Fields.CaptureOnShipment")]
    public bool CaptureOnShipment { get; set; }

    /// <inheritdoc cref="EnvironmentId_OverrideForStore"/>
    public bool CaptureOnShipment_OverrideForStore { get; set; }

    /// <summary>The number of days before the end of an authorisation at which the owner is warned.</summary>
    [NopResourceDisplayName("Plugins.Payments.MultiSafepay.Fields.AuthorizationWarningDays")]
    public int AuthorizationWarningDays { get; set; }

    /// <inheritdoc cref="EnvironmentId_OverrideForStore"/>
    public bool AuthorizationWarningDays_OverrideForStore { get; set; }

    /// <summary>The orders whose shipment is reported to MultiSafepay, as the value of <see cref="Payments.Stores.ShipmentMode"/>.</summary>
    [NopResourceDisplayName("Plugins.Payments.MultiSafepay.Fields.ShipmentModeId")]
    public int ShipmentModeId { get; set; }

    /// <inheritdoc cref="EnvironmentId_OverrideForStore"/>
    public bool ShipmentModeId_OverrideForStore { get; set; }

    /// <summary>Whether a shipment of a part of the items is reported to MultiSafepay.</summary>
    [NopResourceDisplayName("Plugins.Payments.MultiSafepay.Fields.PartialShipments")]
    public bool PartialShipments { get; set; }

    /// <inheritdoc cref="EnvironmentId_OverrideForStore"/>
    public bool PartialShipments_OverrideForStore { get; set; }

    /// <summary>The shipment modes to choose from.</summary>
    public IList<SelectListItem> AvailableShipmentModes { get; set; } = [];
}
