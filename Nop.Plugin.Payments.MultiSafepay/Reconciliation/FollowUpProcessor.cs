using Nop.Core.Domain.Orders;
using Nop.Core.Domain.Payments;
using Nop.Plugin.Payments.MultiSafepay.AfterSales;
using Nop.Plugin.Payments.MultiSafepay.Payments.Notices;
using Nop.Plugin.Payments.MultiSafepay.Payments.Orders;
using Nop.Plugin.Payments.MultiSafepay.Payments.Records;
using Nop.Plugin.Payments.MultiSafepay.Payments.Stores;
using Nop.Plugin.Payments.MultiSafepay.Payments.Transactions;
using Nop.Plugin.Payments.MultiSafepay.Synchronization;
using Nop.Services.Orders;

namespace Nop.Plugin.Payments.MultiSafepay.Reconciliation;

/// <summary>Works through the <see cref="FollowUpList"/>, and warns before an authorisation runs out. Called by the task.</summary>
public class FollowUpProcessor(
    IOrderService orderService,
    LockedOrders lockedOrders,
    StoreSettings storeSettings,
    Synchronizer synchronizer,
    RefundService refundService,
    OrderUpdateSender orderUpdateSender,
    OrderCancellation cancellation,
    PaymentLinkRevocation revocation,
    AttemptCanceller attemptCanceller,
    FollowUpList followUpList,
    OrderNotesAndLog notesAndLog,
    TimeProvider timeProvider)
{
    /// <summary>The orders whose turn it is, those that were looked at longest ago first. What has been open for long is looked at rarely.</summary>
    /// <param name="most">How many at most.</param>
    public async Task<IReadOnlyList<FollowUp>> DueAsync(int most)
    {
        var now = timeProvider.GetUtcNow().UtcDateTime;
        return [.. (await followUpList.ListAsync()).Where(followUp => followUp.CheckedUtc is not { } at || now - at >= Reconciler.Interval(now - followUp.SinceUtc)).Take(most)];
    }

    /// <summary>Does what there is to do for an order, and takes it off the list when that is all.</summary>
    /// <exception cref="AfterSalesException">It has to wait: the order is just being changed.</exception>
    /// <exception cref="Api.MultiSafepayApiException">It has to wait: MultiSafepay gave no usable answer.</exception>
    /// <exception cref="OrderBusyException">It has to wait: somebody else is working on the order.</exception>
    public async Task SettleAsync(FollowUp followUp, CancellationToken cancellationToken)
    {
        // First of all, so that an order that always fails goes to the end of the list.
        await followUpList.CheckedAsync(followUp.OrderId, isSettled: false, cancellationToken);
        if (await ReadAsync(followUp.OrderId) is { } order)
        {
            var record = await lockedOrders.RecordAsync(order);
            if (IsUnclear(order, record) || IsOver(order) || await HasSpareAsync(order, record))
            {
                await synchronizer.PullAsync(OrderReference.From(order), allowTerminalActions: true, cancellationToken);
                await refundService.GiveUpAsync(order, cancellationToken);
            }

            if (await revocation.IsDueAsync(order, record))
                await revocation.RevokeAsync(order, cancellationToken);

            if (await orderUpdateSender.IsDueAsync(order))
                await orderUpdateSender.TellAsync(order, cancellationToken);

            if (await ReadAsync(followUp.OrderId) is { } now && await IsOpenAsync(now, await lockedOrders.RecordAsync(now)))
                return;
        }
        else if (await DeletedAsync(followUp.OrderId) is { } deleted)
        {
            await cancellation.FollowAsync(deleted, cancellationToken);
            if (await DeletedAsync(followUp.OrderId) is not null && await lockedOrders.RecordAsync(deleted) is var left
                && !left.Applied.Any(applied => applied.StartsWith(AppliedEvents.StillHeldPrefix, StringComparison.Ordinal))
                && await CanCloseOneAsync(deleted, left, left.Attempts.Where(attempt => !attempt.Closed && (attempt.State == TransactionState.Uncleared || attempt.State?.IsFunded() != true))))
                return;
        }

        await followUpList.CheckedAsync(followUp.OrderId, isSettled: true, cancellationToken);
    }

    /// <summary>Writes a note when an order's authorisation is about to run out, once.</summary>
    public async Task WarnOfEndAsync(Order order, PaymentRecord record, CancellationToken cancellationToken)
    {
        if (order is not { PaymentStatus: PaymentStatus.Authorized, OrderStatus: not OrderStatus.Cancelled } || Ending(record) is null)
            return;
        var days = (await storeSettings.ForStoreAsync(order.StoreId)).AuthorizationWarningDays;
        if (!IsNear(record, days))
            return;

        await lockedOrders.RunAsync(order, mustBeUnchanged: false, async locked =>
        {
            if (locked.Order.PaymentStatus != PaymentStatus.Authorized || !IsNear(locked.Record, days) || Ending(locked.Record) is not { } end)
                return false;
            // Told first, then remembered: whoever is killed in between tells it twice, and not never.
            if (!await notesAndLog.NoteAsync(locked.Order, "AuthorizationEnds", end.ToString("yyyy-MM-dd HH:mm", System.Globalization.CultureInfo.InvariantCulture)))
                return false;
            await notesAndLog.WarnAsync(FormattableString.Invariant($"order {order.Id}: its authorisation ends at {end:u}. Capture it before, or the money is lost."));
            await locked.SaveAsync(locked.Record.With(AppliedEvents.AuthorizationEnds(end)));
            return true;
        }, cancellationToken);
    }

    private bool IsNear(PaymentRecord record, int days) => Ending(record) is { } end
        && !record.Has(AppliedEvents.AuthorizationEnds(end)) && end - timeProvider.GetUtcNow().UtcDateTime <= TimeSpan.FromDays(days);

    private static DateTime? Ending(PaymentRecord record) => record.Attempts.LastOrDefault(attempt => attempt.AuthorizedUntilUtc is not null)?.AuthorizedUntilUtc;

    // With the method for many: what the one for a single order has read, nopCommerce keeps for the length of the task.
    private async Task<Order?> ReadAsync(int orderId) =>
        (await orderService.GetOrdersByIdsAsync([orderId])).FirstOrDefault() is { Deleted: false, PaymentMethodSystemName: MultiSafepayDefaults.SystemName } order ? order : null;

    private async Task<bool> IsOpenAsync(Order order, PaymentRecord record) =>
        IsUnsettled(record) || await HasSpareAsync(order, record) || await revocation.IsDueAsync(order, record) || await orderUpdateSender.IsDueAsync(order);

    // Paid by one attempt, while another is still open: asking about the order closes it.
    private async Task<bool> HasSpareAsync(Order order, PaymentRecord record) => order.PaymentStatus is PaymentStatus.Paid or PaymentStatus.PartiallyRefunded or PaymentStatus.Refunded
        && record.Attempts.Any(attempt => !attempt.Closed && attempt.State?.IsFunded() == true)
        && await CanCloseOneAsync(order, record, record.Attempts.Where(attempt => !attempt.Closed && attempt.State?.IsFunded() != true));

    private async Task<bool> CanCloseOneAsync(Order order, PaymentRecord record, IEnumerable<PaymentAttempt> attempts)
    {
        foreach (var attempt in attempts)
        {
            if (!await attemptCanceller.IsLeftOpenAsync(order, record, attempt))
                return true;
        }

        return false;
    }

    // The payment came to its end, and the order did not: perhaps the shop was killed before the mapping's cancellation.
    private static bool IsOver(Order order) => order is { OrderStatus: not OrderStatus.Cancelled, PaymentStatus: PaymentStatus.Voided or PaymentStatus.Refunded };

    private static bool IsUnsettled(PaymentRecord record) => record.PendingSave is not null || record.RefundAttempts.Any(refund => refund.IsUnsettled);

    // The method above does not find these.
    private async Task<Order?> DeletedAsync(int orderId) =>
        await orderService.GetOrderByIdAsync(orderId)
            is { Deleted: true, PaymentMethodSystemName: MultiSafepayDefaults.SystemName, PaymentStatus: PaymentStatus.Pending or PaymentStatus.Authorized } order ? order : null;

    private static bool IsUnclear(Order order, PaymentRecord record) =>
        IsUnsettled(record) || (order.PaymentStatus == PaymentStatus.Authorized && record.Attempts.Any(attempt => attempt.CaptureOrderId is not null));
}
