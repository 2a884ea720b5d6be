using Nop.Web.Framework.Models;

namespace Nop.Plugin.Payments.MultiSafepay.Configuration;

/// <summary>
/// The model of the configuration page, with a file for each group of settings. A flag that ends in _OverrideForStore says whether the selected store has its own
/// value.
/// </summary>
public partial record ConfigurationModel : BaseNopModel, ISettingsModel
{
    /// <inheritdoc/>
    public int ActiveStoreScopeConfiguration { get; set; }
}
