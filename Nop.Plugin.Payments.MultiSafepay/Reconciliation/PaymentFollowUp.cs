using Nop.Core.Domain.Orders;
using Nop.Core.Domain.Payments;
using Nop.Plugin.Payments.MultiSafepay.AfterSales;
using Nop.Plugin.Payments.MultiSafepay.Payments.Orders;
using Nop.Plugin.Payments.MultiSafepay.Payments.Records;
using Nop.Plugin.Payments.MultiSafepay.Payments.Transactions;
using Nop.Plugin.Payments.MultiSafepay.Synchronization;

namespace Nop.Plugin.Payments.MultiSafepay.Reconciliation;

/// <summary>
/// Asks MultiSafepay about a payment with something unknown or unfinished: a refund or capture whose answer was lost, a second attempt that is still open beside the one
/// that was paid, an order that is still open although its payment has ended.
/// </summary>
public class PaymentFollowUp(Synchronizer synchronizer, RefundService refundService, AttemptCanceller attemptCanceller) : IFollowUpStep
{
    int IFollowUpStep.Position => 0;

    /// <inheritdoc/>
    public async Task<bool> IsDueAsync(Order order, PaymentRecord record) =>
        IsUnsettled(record) || IsCaptureUnclear(order, record) || HasEndedAlone(order) || await HasSpareAsync(order, record);

    /// <inheritdoc/>
    public async Task<bool> IsLeftAsync(Order order, PaymentRecord record) => IsUnsettled(record) || await HasSpareAsync(order, record);

    /// <inheritdoc/>
    public async Task RunAsync(Order order, CancellationToken cancellationToken)
    {
        await synchronizer.PullAsync(OrderReference.From(order), allowTerminalActions: true, cancellationToken);
        await refundService.GiveUpAsync(order, cancellationToken);
    }

    private static bool IsUnsettled(PaymentRecord record) => record.PendingSave is not null || record.RefundAttempts.Any(refund => refund.IsUnsettled);

    private static bool IsCaptureUnclear(Order order, PaymentRecord record) =>
        order.PaymentStatus == PaymentStatus.Authorized && record.Attempts.Any(attempt => attempt.CaptureOrderId is not null);

    // The payment ended and the order did not: the shop may have crashed before it cancelled the order according to the status mapping.
    private static bool HasEndedAlone(Order order) => order is { OrderStatus: not OrderStatus.Cancelled, PaymentStatus: PaymentStatus.Voided or PaymentStatus.Refunded };

    // One attempt was paid while another is still open. Asking about the order closes the other one.
    private async Task<bool> HasSpareAsync(Order order, PaymentRecord record) => order.PaymentStatus is PaymentStatus.Paid or PaymentStatus.PartiallyRefunded or PaymentStatus.Refunded
        && record.Attempts.Any(attempt => !attempt.Closed && attempt.State?.IsFunded() == true)
        && (await attemptCanceller.FindClosableAsync(order, record, attempt => !attempt.Closed && attempt.State?.IsFunded() != true)).Count > 0;
}
