using System.Text.Json;
using Nop.Core.Domain.Orders;
using Nop.Core.Domain.Payments;
using Nop.Plugin.Payments.MultiSafepay.Api;
using Nop.Plugin.Payments.MultiSafepay.Payments.Notices;
using Nop.Plugin.Payments.MultiSafepay.Payments.Orders;
using Nop.Plugin.Payments.MultiSafepay.Payments.Records;
using Nop.Plugin.Payments.MultiSafepay.Payments.Transactions;
using Nop.Plugin.Payments.MultiSafepay.Synchronization;

namespace Nop.Plugin.Payments.MultiSafepay.AfterSales;

/// <summary>
/// Calls off payment links that nobody shall pay any more although their order stays: its total was edited, so that the link asks for the wrong amount, or it was marked as
/// paid by hand. The customer's <em>Retry payment</em> makes a link of the right amount. What fails now is tried again by the reconciliation task. Where an order is marked as
/// paid whose money is only held, the owner is told.
/// </summary>
public class PaymentLinkRevocation(
    LockedOrders lockedOrders,
    AttemptCanceller attemptCanceller,
    Synchronizer synchronizer,
    FollowUpList followUpList,
    OrderNotesAndLog notesAndLog) : IFollowUpStep
{
    int IFollowUpStep.Position => 1;

    /// <summary>Whether the order has a link to call off.</summary>
    public async Task<bool> IsDueAsync(Order order, PaymentRecord record) => (await DueAsync(order, record)).Count > 0;

    /// <summary>Looks after an order that was saved or paid. It does not throw: what the shop did stands.</summary>
    /// <param name="order">The order as nopCommerce has it.</param>
    /// <param name="cancellationToken">Ends the waiting and the calls.</param>
    public async Task FollowAsync(Order order, CancellationToken cancellationToken)
    {
        // Whoever holds the order's lock is our own synchronizer, in the middle of a payment; it closes what is left open by itself.
        if (!order.IsOurs() || order.OrderStatus == OrderStatus.Cancelled || lockedOrders.IsHeld(order))
            return;
        try
        {
            var record = await lockedOrders.RecordAsync(order);
            if (IsOnlyHeld(order, record))
                await synchronizer.PullAsync(OrderReference.From(order), allowTerminalActions: false, cancellationToken);
            if (!await IsDueAsync(order, record))
                return;

            // On the list before the first try: the shop may be killed in the middle of it.
            await followUpList.TryEnqueueAsync(order.Id, cancellationToken);
            await RunAsync(order, cancellationToken);
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            await notesAndLog.WarnAsync(FormattableString.Invariant($"order {order.Id}: what was open at MultiSafepay could not be looked after yet; the task tries again. {exception.Message}"),
                exception is MultiSafepayApiException or OrderBusyException or JsonException ? null : exception);
        }
    }

    /// <summary>Calls off what there is to call off.</summary>
    /// <exception cref="OrderBusyException">Somebody else is working on the order.</exception>
    /// <exception cref="MultiSafepayApiException">MultiSafepay is out of reach.</exception>
    public Task RunAsync(Order order, CancellationToken cancellationToken) => lockedOrders.RunAsync(order, async locked =>
    {
        if (locked.Order.Deleted)
            return;
        foreach (var attempt in await DueAsync(locked.Order, locked.Record))
        {
            if (await attemptCanceller.CloseAsync(locked, attempt, cancellationToken) == CloseOutcome.Closed)
                await notesAndLog.NoteAsync(locked.Order, locked.Order.PaymentStatus == PaymentStatus.Pending ? "LinkOfOldTotal" : "LinkOfPaidOrder",
                    MoneyText.Format(attempt.Amount, attempt.Currency));
        }
    }, cancellationToken);

    private static bool IsOnlyHeld(Order order, PaymentRecord record) => OrderSnapshot.From(order) is { HasBeenPaid: true } snapshot && record.PendingSave is null
        && PayingTransaction.IdOf(snapshot, record) is null
        && record.Attempts.Any(attempt => attempt.State == TransactionState.Authorized && PayingTransaction.IsAuthorizedBy(snapshot, record, attempt.TransactionId));

    private Task<IReadOnlyList<PaymentAttempt>> DueAsync(Order order, PaymentRecord record) =>
        attemptCanceller.FindClosableAsync(order, record, attempt => IsDue(order, record, attempt));

    private static bool IsDue(Order order, PaymentRecord record, PaymentAttempt attempt)
    {
        // Whose payment was made, or was given back since, cannot be paid any more.
        if (attempt.Closed || attempt.State?.IsFunded() == true)
            return false;
        var snapshot = OrderSnapshot.From(order);
        return order.PaymentStatus == PaymentStatus.Pending
            ? attempt.OrderTotal is { } total && total != order.OrderTotal
            : snapshot.HasBeenPaid && record.PendingSave is null && PayingTransaction.AttemptOf(snapshot, record)?.OrderId != attempt.OrderId;
    }
}
