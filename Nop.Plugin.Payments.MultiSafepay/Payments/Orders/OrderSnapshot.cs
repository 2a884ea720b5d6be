using Nop.Core.Domain.Orders;
using Nop.Core.Domain.Payments;

namespace Nop.Plugin.Payments.MultiSafepay.Payments.Orders;

/// <summary>The values of an order that decide what a notification means for it. Amounts are in the primary store currency.</summary>
/// <param name="OrderStatus">The order's status.</param>
/// <param name="PaymentStatus">The payment's status.</param>
/// <param name="OrderTotal">The order's total, in the primary store currency.</param>
/// <param name="RefundedAmount">The amount that nopCommerce counts as refunded, in the primary store currency.</param>
/// <param name="AuthorizationTransactionId">MultiSafepay's id of the transaction that authorised the order, or null.</param>
/// <param name="CaptureTransactionId">MultiSafepay's id of the transaction that paid the order, or null.</param>
public sealed record OrderSnapshot(
    OrderStatus OrderStatus,
    PaymentStatus PaymentStatus,
    decimal OrderTotal,
    decimal RefundedAmount,
    string? AuthorizationTransactionId,
    string? CaptureTransactionId)
{
    /// <summary>Whether the order was deleted. The owner no longer sees it, but nopCommerce would still send e-mails about it.</summary>
    public bool IsDeleted { get; init; }

    /// <summary>Takes the snapshot. A deleted order counts as cancelled.</summary>
    public static OrderSnapshot From(Order order) => new(
        order.Deleted ? OrderStatus.Cancelled : order.OrderStatus, order.PaymentStatus, order.OrderTotal, order.RefundedAmount, order.AuthorizationTransactionId, order.CaptureTransactionId)
    {
        IsDeleted = order.Deleted
    };

    /// <summary>Whether money was received, even if some or all of it has since been refunded.</summary>
    public bool HasBeenPaid => PaymentStatus is PaymentStatus.Paid or PaymentStatus.PartiallyRefunded or PaymentStatus.Refunded;

    /// <summary>Whether the order is cancelled.</summary>
    public bool IsCancelled => OrderStatus == OrderStatus.Cancelled;
}
