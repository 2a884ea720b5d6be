using Nop.Core.Domain.Orders;
using Nop.Plugin.Payments.MultiSafepay.Api;
using Nop.Plugin.Payments.MultiSafepay.Checkout;
using Nop.Plugin.Payments.MultiSafepay.Configuration;
using Nop.Plugin.Payments.MultiSafepay.Synchronization;

namespace Nop.Plugin.Payments.MultiSafepay.AfterSales;

/// <summary>
/// Gives back a payment that arrived after its order was cancelled, once. MultiSafepay is asked first, so that a refund whose answer got lost, or one that
/// the owner made by hand, is not made again.
/// </summary>
public class LatePaymentRefund(StoreSettings storeSettings, IMultiSafepayClient client)
{
    /// <summary>Refunds the payment in full, or what is left of it, unless that has happened.</summary>
    /// <exception cref="MultiSafepayApiException">MultiSafepay refused, or gave no usable answer; the refund is tried again with the next notification.</exception>
    public async Task GiveBackAsync(Order order, PaymentRecord record, SyncAction.RefundPayment refund, CancellationToken cancellationToken)
    {
        var settings = await storeSettings.ForStoreAsync(order.StoreId);
        if (record.Find(refund.OrderId) is not { } attempt || storeSettings.Credentials(settings, attempt.Environment) is not { } credentials)
            throw new MultiSafepayApiException("The payment of a cancelled order cannot be refunded: no API key is set for its environment.");

        var refundOrderId = RefundOrderId(attempt);
        var now = await client.GetOrderAsync(credentials, attempt.OrderId, cancellationToken);
        var left = refund.Amount - (now.AmountRefunded ?? 0) - Waiting(now);
        if (left <= 0 || now.RelatedTransactions.Any(related => related.RefundOrderId == refundOrderId || related.OrderId == refundOrderId))
            return;

        await client.RefundAsync(credentials, attempt.OrderId, new RefundRequest
        {
            Currency = refund.Currency,
            Amount = left,
            Description = FormattableString.Invariant($"Refund of cancelled order {attempt.OrderId}"),
            RefundOrderId = refundOrderId
        }, cancellationToken);
    }

    private static long Waiting(Transaction payment) => payment.RelatedTransactions
        .Where(related => RefundStatuses.IsRefund(related) && RefundStatuses.Of(related) == RefundStatus.Waiting).Sum(related => related.Amount ?? 0);

    // Always the same for the same payment: a repetition is recognised by it.
    private static string RefundOrderId(PaymentAttempt attempt) => $"{attempt.OrderId}-late";
}
