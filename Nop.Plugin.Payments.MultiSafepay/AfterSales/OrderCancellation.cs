using Nop.Core.Domain.Orders;
using Nop.Core.Domain.Payments;
using Nop.Plugin.Payments.MultiSafepay.Api;
using Nop.Plugin.Payments.MultiSafepay.Payments;
using Nop.Plugin.Payments.MultiSafepay.Payments.Notices;
using Nop.Plugin.Payments.MultiSafepay.Payments.Orders;
using Nop.Plugin.Payments.MultiSafepay.Payments.Records;
using Nop.Plugin.Payments.MultiSafepay.Payments.Transactions;
using Nop.Plugin.Payments.MultiSafepay.Synchronization;

namespace Nop.Plugin.Payments.MultiSafepay.AfterSales;

/// <summary>
/// Closes the payment of an order that the owner or the customer cancelled in the shop, or that was deleted: it can no longer be paid at MultiSafepay, and no reminders are sent.
/// What fails is retried by the reconciliation task.
/// </summary>
public class OrderCancellation(
    LockedOrders lockedOrders,
    Deferred<AttemptCanceller> attemptCanceller,
    Deferred<AuthorizationRelease> release,
    FollowUpList followUpList,
    OrderNotesAndLog notesAndLog)
{
    /// <summary>
    /// Cancels the open payment links of a cancelled or deleted order and releases its authorisation. Never throws unless it is cancelled, because the cancellation in the shop is final.
    /// </summary>
    public async Task FollowAsync(Order order, CancellationToken cancellationToken)
    {
        if (!order.IsPlacedWithPlugin())
            return;
        try
        {
            // The task's search does not return deleted orders. The order is added to the list before the first try, because the shop may crash in the middle of it.
            if (order is { Deleted: true, PaymentStatus: PaymentStatus.Authorized or PaymentStatus.Pending })
                await followUpList.TryAddWorkAsync(order.Id);
            if (order.PaymentStatus == PaymentStatus.Authorized)
                await release.Value.ReleaseAsync(order, cancellationToken);

            // Read again: the order may have been reopened and paid since the caller read it.
            else if (order.PaymentStatus == PaymentStatus.Pending)
                await lockedOrders.RunAsync(order, locked => locked.Order.PaymentStatus == PaymentStatus.Pending ? CloseAsync(locked, IsOver(order), cancellationToken) : Task.CompletedTask,
                    cancellationToken);
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            await notesAndLog.WarnAsync(
                FormattableString.Invariant($"order {order.Id} was {(order.Deleted ? "deleted" : "cancelled")}, but its payment could not be cancelled at MultiSafepay yet. {exception.Message}"),
                exception is MultiSafepayApiException or OrderBusyException ? null : exception);
            if (!order.Deleted)
                await notesAndLog.NoteAsync(order, "CancelFailed");
        }
    }

    /// <summary>Cancels the open payment links of an order that is not cancelled, because the owner wants no payment or a new one.</summary>
    /// <returns>
    /// False if money was received in the meantime or may still be, or if a link cannot be cancelled because the shop no longer has its API key.
    /// </returns>
    /// <exception cref="OrderBusyException">Another caller is working on the order.</exception>
    /// <exception cref="MultiSafepayApiException">MultiSafepay gave no usable answer; the payment may still be open.</exception>
    public Task<bool> CallOffAsync(Order order, CancellationToken cancellationToken) => lockedOrders.RunAsync(OrderReference.From(order), async locked =>
    {
        if (locked is null)
            return true;
        await CloseAsync(locked, IsOver(order), cancellationToken);
        return locked.Record.Attempts.All(attempt => !attempt.IsOfInterest);
    }, cancellationToken);

    // A payment that is under review or waits for the provider could still be completed although the order is over. MultiSafepay rejects the cancellation if it is too late.
    private async Task CloseAsync(LockedOrder locked, bool isOver, CancellationToken cancellationToken)
    {
        foreach (var attempt in locked.Record.Attempts.Where(attempt => !attempt.Closed && (!attempt.HoldsMoney || (isOver && attempt.State == TransactionState.Uncleared))).ToList())
            await attemptCanceller.Value.CloseAsync(locked, attempt, cancellationToken);
    }

    // The caller's copy of the order: nopCommerce may save the cancellation only after it has published the event.
    private static bool IsOver(Order order) => order.Deleted || order.OrderStatus == OrderStatus.Cancelled;
}
