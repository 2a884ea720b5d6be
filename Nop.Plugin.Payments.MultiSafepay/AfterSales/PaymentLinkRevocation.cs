using System.Text.Json;
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
/// Cancels payment links that must not be paid any more although their order remains: its total was edited, so the link asks for the wrong amount, or the order was marked as
/// paid by hand. <em>Retry payment</em> creates a link for the right amount for the customer. What fails is retried by the reconciliation task. If an order is marked as
/// paid while its money is only authorised, the owner is notified.
/// </summary>
public class PaymentLinkRevocation(
    LockedOrders lockedOrders,
    Deferred<AttemptCanceller> attemptCanceller,
    Deferred<Synchronizer> synchronizer,
    FollowUpList followUpList,
    OrderNotesAndLog notesAndLog) : IFollowUpStep
{
    int IFollowUpStep.Position => 1;

    /// <summary>Whether the order has a payment link to be cancelled.</summary>
    public async Task<bool> IsDueAsync(Order order, PaymentRecord record) => (await DueAsync(order, record)).Count > 0;

    /// <summary>Handles an order that was saved or paid. Never throws unless it is cancelled, because the change in the shop is final.</summary>
    /// <param name="order">The order as nopCommerce has it.</param>
    /// <param name="cancellationToken">Cancels waiting for the lock, and the calls.</param>
    public async Task FollowAsync(Order order, CancellationToken cancellationToken)
    {
        // If the lock is held, the synchronizer is in the middle of a payment and closes the open attempts itself.
        if (!order.IsOurs() || order.OrderStatus == OrderStatus.Cancelled || lockedOrders.IsHeld(order))
            return;
        try
        {
            var record = await lockedOrders.RecordAsync(order);
            if (IsOnlyHeld(order, record))
                await synchronizer.Value.PullAsync(OrderReference.From(order), allowTerminalActions: false, cancellationToken);
            if (!await IsDueAsync(order, record))
                return;

            // Added to the list before the first try, because the shop may crash in the middle of it.
            await followUpList.TryAddWorkAsync(order.Id);
            await RunAsync(order, cancellationToken);
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            await notesAndLog.WarnAsync(FormattableString.Invariant($"order {order.Id}: what was open at MultiSafepay could not be looked after yet; the task tries again. {exception.Message}"),
                exception is MultiSafepayApiException or OrderBusyException or JsonException ? null : exception);
        }
    }

    /// <summary>Cancels the payment links that are due.</summary>
    /// <exception cref="OrderBusyException">Another caller is working on the order.</exception>
    /// <exception cref="MultiSafepayApiException">MultiSafepay gave no usable answer; a link may still be open.</exception>
    public Task RunAsync(Order order, CancellationToken cancellationToken) => lockedOrders.RunAsync(order, async locked =>
    {
        if (locked.Order.Deleted)
            return;
        foreach (var attempt in await DueAsync(locked.Order, locked.Record))
        {
            if (await attemptCanceller.Value.CloseAsync(locked, attempt, cancellationToken) == CloseOutcome.Closed)
                await notesAndLog.NoteAsync(locked.Order, locked.Order.PaymentStatus == PaymentStatus.Pending ? "LinkOfOldTotal" : "LinkOfPaidOrder",
                    MoneyText.Format(attempt.Amount, attempt.Currency));
        }
    }, cancellationToken);

    private static bool IsOnlyHeld(Order order, PaymentRecord record) => OrderSnapshot.From(order) is { HasBeenPaid: true } snapshot && record.PendingSave is null
        && PayingTransaction.IdOf(snapshot, record) is null
        && record.Attempts.Any(attempt => attempt.State == TransactionState.Authorized && PayingTransaction.IsAuthorizedBy(snapshot, record, attempt.TransactionId));

    private Task<IReadOnlyList<PaymentAttempt>> DueAsync(Order order, PaymentRecord record) =>
        attemptCanceller.Value.FindClosableAsync(order, record, attempt => IsDue(order, record, attempt));

    private static bool IsDue(Order order, PaymentRecord record, PaymentAttempt attempt)
    {
        // An attempt that was paid, even if it has since been refunded, cannot be paid again.
        if (attempt.Closed || attempt.State?.IsFunded() == true)
            return false;
        var snapshot = OrderSnapshot.From(order);
        return order.PaymentStatus == PaymentStatus.Pending
            ? attempt.OrderTotal is { } total && total != order.OrderTotal
            : snapshot.HasBeenPaid && record.PendingSave is null && PayingTransaction.AttemptOf(snapshot, record)?.OrderId != attempt.OrderId;
    }
}
