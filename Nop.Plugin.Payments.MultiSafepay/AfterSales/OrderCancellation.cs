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
/// An order that is cancelled in the shop, by the owner or the customer, or deleted, can no longer be paid at MultiSafepay either, and no reminder mails go out.
/// What fails now is tried again by the reconciliation task.
/// </summary>
public class OrderCancellation(
    LockedOrders lockedOrders,
    AttemptCanceller attemptCanceller,
    AuthorizationRelease release,
    FollowUpList followUpList,
    OrderNotesAndLog notesAndLog)
{
    /// <summary>
    /// Closes what is still open for an order that is cancelled or deleted, and gives free what is held for it. It does not throw: the cancellation in the shop stands.
    /// </summary>
    public async Task FollowAsync(Order order, CancellationToken cancellationToken)
    {
        if (!order.IsPlacedWithPlugin())
            return;
        try
        {
            // The task's search does not find an order that was deleted. On the list before the first try: the shop may be killed in the middle of it.
            if (order is { Deleted: true, PaymentStatus: PaymentStatus.Authorized or PaymentStatus.Pending })
                await followUpList.TryEnqueueAsync(order.Id, cancellationToken);
            if (order.PaymentStatus == PaymentStatus.Authorized)
                await release.ReleaseAsync(order, cancellationToken);

            // Read again: the order may have been opened and paid since the caller read it.
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

    /// <summary>Calls off what can still be paid of an order that stays: the owner wants no payment, or a new one.</summary>
    /// <returns>False when something was paid, or is being paid, meanwhile.</returns>
    /// <exception cref="OrderBusyException">Somebody else is working on the order.</exception>
    /// <exception cref="MultiSafepayApiException">MultiSafepay is out of reach: the payment may still be open.</exception>
    public Task<bool> CallOffAsync(Order order, CancellationToken cancellationToken) => lockedOrders.RunAsync(OrderReference.From(order), async locked =>
    {
        if (locked is null)
            return true;
        await CloseAsync(locked, IsOver(order), cancellationToken);
        return locked.Record.Attempts.All(attempt => !attempt.IsOfInterest);
    }, cancellationToken);

    // What is under review, or waits for the provider, would still be paid for an order that is over. MultiSafepay refuses where it is too late.
    private async Task CloseAsync(LockedOrder locked, bool isOver, CancellationToken cancellationToken)
    {
        foreach (var attempt in locked.Record.Attempts.Where(attempt => !attempt.Closed && (!attempt.HoldsMoney || (isOver && attempt.State == TransactionState.Uncleared))).ToList())
            await attemptCanceller.CloseAsync(locked, attempt, cancellationToken);
    }

    // As the caller has it: nopCommerce may save the cancellation only after it has told of it.
    private static bool IsOver(Order order) => order.Deleted || order.OrderStatus == OrderStatus.Cancelled;
}
