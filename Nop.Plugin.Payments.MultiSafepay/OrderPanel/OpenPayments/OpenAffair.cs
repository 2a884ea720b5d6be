using Nop.Core.Domain.Orders;
using Nop.Core.Domain.Payments;
using Nop.Plugin.Payments.MultiSafepay.Payments.Notices;
using Nop.Plugin.Payments.MultiSafepay.Payments.Records;
using Nop.Plugin.Payments.MultiSafepay.Payments.Transactions;

namespace Nop.Plugin.Payments.MultiSafepay.OrderPanel.OpenPayments;

/// <summary>Why a payment is on the list of open payments.</summary>
public enum AffairKind
{
    /// <summary>An alert that the owner has not dismissed.</summary>
    Alert,

    /// <summary>An authorisation that has to be captured.</summary>
    Capture,

    /// <summary>A pay-later payment that has to be reported as shipped.</summary>
    Shipment,

    /// <summary>A card payment that the owner has to accept or decline.</summary>
    Review,

    /// <summary>A refund that waits for the bank or for balance.</summary>
    Refund,

    /// <summary>The scheduled task has failed with the order several times in a row.</summary>
    Failure
}

/// <summary>Something about the payment of an order that is not finished.</summary>
/// <param name="Kind">Why it is on the list.</param>
/// <param name="OrderId">The order's id in nopCommerce.</param>
/// <param name="OrderNumber">The order number that the owner sees.</param>
/// <param name="StoreId">The store of the order; 0 if it is not known.</param>
/// <param name="SinceUtc">Since when it is open, in UTC; for a failure, when it is tried again.</param>
/// <param name="UntilUtc">Until when something has to be done, in UTC; null if there is no such time.</param>
public sealed record OpenAffair(AffairKind Kind, int OrderId, string OrderNumber, int StoreId, DateTime SinceUtc, DateTime? UntilUtc = null)
{
    /// <summary>The number of failures in a row from which on a failure is on the list. No source; chosen: with the growing intervals, an hour and more.</summary>
    public const int LeastFailures = 3;

    /// <summary>The alert; null for other kinds.</summary>
    public MerchantAlert? Alert { get; init; }

    /// <summary>The amount of a refund in minor units of <see cref="Currency"/>; null for other kinds.</summary>
    public long? Amount { get; init; }

    /// <summary>The currency of <see cref="Amount"/>: ISO 4217 code; null for other kinds.</summary>
    public string? Currency { get; init; }

    /// <summary>The number of failures in a row; 0 for other kinds.</summary>
    public int FailedTries { get; init; }

    /// <summary>What is open of an order, as far as it was recorded. A pure function.</summary>
    /// <param name="order">The order.</param>
    /// <param name="record">Its payment record.</param>
    /// <param name="nowUtc">The current time, in UTC.</param>
    public static IEnumerable<OpenAffair> Of(Order order, PaymentRecord record, DateTime nowUtc)
    {
        var view = new PanelView(order, record, null, nowUtc);
        if (view.Attempt is not { } attempt)
            yield break;

        // Whoever ships within a few days needs no line for each order; from the time of the owner's alert on, there is one.
        if (ExpiringPayment.Of(order, record) is var (end, isShipment) && (!isShipment || end - nowUtc <= TimeSpan.FromDays(ShipmentDeadlines.LeastDaysToShip)))
            yield return New(isShipment ? AffairKind.Shipment : AffairKind.Capture, attempt.CreatedUtc, end);
        if (view.IsUnderReview && order is { OrderStatus: not OrderStatus.Cancelled, PaymentStatus: PaymentStatus.Pending })
            yield return New(AffairKind.Review, attempt.CreatedUtc, attempt.CreatedUtc + PanelView.ReviewPeriod);
        foreach (var refund in record.RefundAttempts.Where(refund => refund.State == RefundState.Waiting))
            yield return New(AffairKind.Refund, refund.CreatedUtc) with { Amount = refund.Amount, Currency = record.Find(refund.AttemptId)?.Currency ?? attempt.Currency };

        OpenAffair New(AffairKind kind, DateTime sinceUtc, DateTime? untilUtc = null) => new(kind, order.Id, order.CustomOrderNumber, order.StoreId, sinceUtc, untilUtc);
    }
}
