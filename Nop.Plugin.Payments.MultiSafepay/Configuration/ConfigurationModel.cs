using Nop.Web.Framework.Models;

namespace Nop.Plugin.Payments.MultiSafepay.Configuration;

/// <summary>
/// The configuration page; each group of settings has a file of its own. A flag that ends in _OverrideForStore says whether the store of the scope has its own
/// value.
/// </summary>
public partial record ConfigurationModel : BaseNopModel, ISettingsModel
{
    /// <inheritdoc/>
    public int ActiveStoreScopeConfiguration { get; set; }
}
