using Nop.Core.Domain.Orders;
using Nop.Plugin.Payments.MultiSafepay.Api;
using Nop.Plugin.Payments.MultiSafepay.Payments.Orders;
using Nop.Plugin.Payments.MultiSafepay.Payments.Records;
using Nop.Plugin.Payments.MultiSafepay.Payments.Stores;
using Nop.Plugin.Payments.MultiSafepay.Payments.Transactions;
using Nop.Plugin.Payments.MultiSafepay.Synchronization;

namespace Nop.Plugin.Payments.MultiSafepay.AfterSales;

/// <summary>
/// Refunds a payment that arrived after its order was cancelled, once. MultiSafepay is asked first, so that a refund whose answer was lost, or one that
/// the owner made by hand, is not made again.
/// </summary>
public class LatePaymentRefund(StoreSettings storeSettings, PaymentReader reader, RefundRequests requests, IMultiSafepayClient client) : ILatePaymentRefund
{
    /// <inheritdoc/>
    public async Task GiveBackAsync(Order order, PaymentRecord record, SyncAction.RefundPayment refund, CancellationToken cancellationToken)
    {
        var settings = await storeSettings.ForStoreAsync(order.StoreId);
        var attempt = record.Find(refund.OrderId) ?? throw new MultiSafepayApiException("The payment of a cancelled order cannot be refunded: it is not known.");
        var credentials = storeSettings.RequireCredentials(settings, attempt.Environment);

        var payment = await reader.PullAsync(order, settings, attempt, cancellationToken)
            ?? throw new MultiSafepayApiException("The payment of a cancelled order cannot be refunded: MultiSafepay does not show it.");

        // If the payment was captured manually, its captures are refunded.
        foreach (var part in payment.Captures is [] ? [payment.Whole] : payment.Captures)
        {
            // The id is always the same for the same payment, so a repetition is recognised.
            var refundOrderId = RefundRequests.IdOf(order, part.OrderId, OrderIds.LateRefundSuffix);
            var left = RefundTargets.Left(part);
            if (left <= 0 || part.RelatedTransactions.Any(related => related.RefundOrderId == refundOrderId || related.OrderId == refundOrderId))
                continue;

            await client.RefundAsync(credentials, part.OrderId, await RequestAsync(order, attempt, refundOrderId, left, payment.Whole), cancellationToken);
        }
    }

    private async Task<RefundRequest> RequestAsync(Order order, PaymentAttempt attempt, string refundOrderId, long amount, Transaction payment)
    {
        try
        {
            return await requests.CreateAsync(order, attempt, refundOrderId, amount, payment);
        }
        catch (AfterSalesException exception)
        {
            throw new MultiSafepayApiException(FormattableString.Invariant($"The payment of a cancelled order cannot be refunded: {exception.Message}"));
        }
    }
}
