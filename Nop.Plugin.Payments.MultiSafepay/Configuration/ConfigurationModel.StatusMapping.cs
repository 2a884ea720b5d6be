using Microsoft.AspNetCore.Mvc.Rendering;
using Nop.Plugin.Payments.MultiSafepay.Payments.Stores;
using Nop.Plugin.Payments.MultiSafepay.Payments.Transactions;
using Nop.Web.Framework.Mvc.ModelBinding;

namespace Nop.Plugin.Payments.MultiSafepay.Configuration;

// The status mapping.
public partial record ConfigurationModel
{
    /// <summary>The policy for payments of cancelled orders, as the value of <see cref="CancelledThenPaidPolicy"/>.</summary>
    [NopResourceDisplayName("Plugins.Payments.MultiSafepay.Fields.CancelledThenPaidId")]
    public int CancelledThenPaidId { get; set; }

    /// <inheritdoc cref="EnvironmentId_OverrideForStore"/>
    public bool CancelledThenPaidId_OverrideForStore { get; set; }

    /// <summary>The policies to choose from.</summary>
    public IList<SelectListItem> AvailableCancelledThenPaid { get; set; } = [];

    /// <summary>The rows of the status mapping. A row that is not posted keeps its stored values.</summary>
    [NopResourceDisplayName("Plugins.Payments.MultiSafepay.Fields.StatusRows")]
    public IList<StatusRowModel> StatusRows { get; set; } = [];

    /// <inheritdoc cref="EnvironmentId_OverrideForStore"/>
    public bool StatusRows_OverrideForStore { get; set; }
}

/// <summary>A row of the status mapping: a status of MultiSafepay and its effect on the payment and the order.</summary>
public sealed record StatusRowModel
{
    /// <summary>The status, as the value of <see cref="TransactionState"/>.</summary>
    public int StateId { get; set; }

    /// <summary>The effect on the payment, as the value of <see cref="PaymentAction"/>.</summary>
    public int PaymentId { get; set; }

    /// <summary>The order status to set, as the value of nopCommerce's enum; 0 to leave it to nopCommerce.</summary>
    public int OrderStatusId { get; set; }

    /// <summary>The name of the status, in the owner's language.</summary>
    public string Status { get; set; } = string.Empty;

    /// <summary>A description of the status, in the owner's language.</summary>
    public string Help { get; set; } = string.Empty;

    /// <summary>The payment actions to choose from.</summary>
    public IList<SelectListItem> AvailablePayments { get; set; } = [];

    /// <summary>The order statuses to choose from.</summary>
    public IList<SelectListItem> AvailableOrderStatuses { get; set; } = [];
}
