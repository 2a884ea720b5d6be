using Nop.Core.Domain.Orders;
using Nop.Core.Domain.Payments;
using Nop.Plugin.Payments.MultiSafepay.Payments.Transactions;

namespace Nop.Plugin.Payments.MultiSafepay.Payments.Records;

/// <summary>A payment that is lost unless the owner does something in time (<see cref="PaymentAttempt.AuthorizedUntilUtc"/>).</summary>
/// <param name="EndUtc">When it expires, in UTC.</param>
/// <param name="IsShipment">Whether it has to be reported as shipped before (pay later), instead of captured.</param>
public sealed record ExpiringPayment(DateTime EndUtc, bool IsShipment)
{
    /// <summary>The payment of an order that expires; null if none does. A pure function.</summary>
    /// <param name="order">The order.</param>
    /// <param name="record">Its payment record.</param>
    public static ExpiringPayment? Of(Order order, PaymentRecord record)
    {
        if (order.Deleted || order.OrderStatus == OrderStatus.Cancelled || record.Attempts.LastOrDefault(attempt => attempt.AuthorizedUntilUtc is not null) is not { } attempt)
            return null;
        var isShipment = attempt.PayLaterMethod is not null;
        var isWaiting = isShipment
            ? order.PaymentStatus is PaymentStatus.Paid or PaymentStatus.PartiallyRefunded or PaymentStatus.Authorized && attempt.State != TransactionState.Shipped && !record.IsReportedAsShipped
            : order.PaymentStatus == PaymentStatus.Authorized;
        return isWaiting ? new ExpiringPayment(attempt.AuthorizedUntilUtc!.Value, isShipment) : null;
    }
}
