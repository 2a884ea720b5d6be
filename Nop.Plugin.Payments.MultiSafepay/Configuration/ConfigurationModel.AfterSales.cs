using Microsoft.AspNetCore.Mvc.Rendering;
using Nop.Web.Framework.Mvc.ModelBinding;

namespace Nop.Plugin.Payments.MultiSafepay.Configuration;

// What happens after a payment.
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

    /// <summary>Whether the first shipment captures.</summary>
    [NopResourceDisplayName("Plugins.Payments.MultiSafepay.Fields.CaptureOnShipment")]
    public bool CaptureOnShipment { get; set; }

    /// <inheritdoc cref="EnvironmentId_OverrideForStore"/>
    public bool CaptureOnShipment_OverrideForStore { get; set; }

    /// <summary>How many days before the end of an authorisation the owner is warned.</summary>
    [NopResourceDisplayName("Plugins.Payments.MultiSafepay.Fields.AuthorizationWarningDays")]
    public int AuthorizationWarningDays { get; set; }

    /// <inheritdoc cref="EnvironmentId_OverrideForStore"/>
    public bool AuthorizationWarningDays_OverrideForStore { get; set; }

    /// <summary>For which orders MultiSafepay is told of the shipment, as the number of <see cref="Payments.Stores.ShipmentMode"/>.</summary>
    [NopResourceDisplayName("Plugins.Payments.MultiSafepay.Fields.ShipmentModeId")]
    public int ShipmentModeId { get; set; }

    /// <inheritdoc cref="EnvironmentId_OverrideForStore"/>
    public bool ShipmentModeId_OverrideForStore { get; set; }

    /// <summary>For which orders it can be.</summary>
    public IList<SelectListItem> AvailableShipmentModes { get; set; } = [];
}
