using Microsoft.AspNetCore.Mvc.Rendering;
using Nop.Plugin.Payments.MultiSafepay.Payments.Stores;
using Nop.Plugin.Payments.MultiSafepay.Payments.Transactions;
using Nop.Web.Framework.Mvc.ModelBinding;

namespace Nop.Plugin.Payments.MultiSafepay.Configuration;

// What MultiSafepay's statuses do to an order.
public partial record ConfigurationModel
{
    /// <summary>What happens when a cancelled order is paid after all, as the number of <see cref="CancelledThenPaidPolicy"/>.</summary>
    [NopResourceDisplayName("Plugins.Payments.MultiSafepay.Fields.CancelledThenPaidId")]
    public int CancelledThenPaidId { get; set; }

    /// <inheritdoc cref="EnvironmentId_OverrideForStore"/>
    public bool CancelledThenPaidId_OverrideForStore { get; set; }

    /// <summary>What can happen then.</summary>
    public IList<SelectListItem> AvailableCancelledThenPaid { get; set; } = [];

    /// <summary>The rows of the status mapping. A row that is not posted keeps what is stored.</summary>
    [NopResourceDisplayName("Plugins.Payments.MultiSafepay.Fields.StatusRows")]
    public IList<StatusRowModel> StatusRows { get; set; } = [];

    /// <inheritdoc cref="EnvironmentId_OverrideForStore"/>
    public bool StatusRows_OverrideForStore { get; set; }
}

/// <summary>A row of the status mapping: one status of MultiSafepay and what it does.</summary>
public sealed record StatusRowModel
{
    /// <summary>The status, as the number of <see cref="TransactionState"/>.</summary>
    public int StateId { get; set; }

    /// <summary>What happens to the payment, as the number of <see cref="PaymentAction"/>.</summary>
    public int PaymentId { get; set; }

    /// <summary>The order status to set, as the number of nopCommerce's; 0 leaves it to nopCommerce.</summary>
    public int OrderStatusId { get; set; }

    /// <summary>The status in the owner's words.</summary>
    public string Status { get; set; } = string.Empty;

    /// <summary>A sentence about it.</summary>
    public string Help { get; set; } = string.Empty;

    /// <summary>What the owner may choose for the payment.</summary>
    public IList<SelectListItem> AvailablePayments { get; set; } = [];

    /// <summary>What the owner may choose for the order.</summary>
    public IList<SelectListItem> AvailableOrderStatuses { get; set; } = [];
}
