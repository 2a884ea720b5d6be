using Nop.Core;

namespace Nop.Plugin.Payments.MultiSafepay.Payments.Records;

/// <summary>
/// A row of the plugin's table: one version of an order's <see cref="PaymentRecord"/>. The current record is the row with the highest version; the combination of order and version is
/// unique, so that of two nodes that read the same version only one can save the next one.
/// </summary>
public class MultiSafepayPayment : BaseEntity
{
    /// <summary>The order's id in nopCommerce.</summary>
    public int OrderId { get; set; }

    /// <summary>The version, from 1.</summary>
    public int Version { get; set; }

    /// <summary>The payment record as JSON.</summary>
    public string Record { get; set; } = string.Empty;

    /// <summary>When this version was saved, in UTC.</summary>
    public DateTime SavedOnUtc { get; set; }
}
