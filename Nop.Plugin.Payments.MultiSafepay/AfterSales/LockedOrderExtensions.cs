using Nop.Core.Domain.Orders;
using Nop.Plugin.Payments.MultiSafepay.Api;
using Nop.Plugin.Payments.MultiSafepay.Payments.Orders;
using Nop.Plugin.Payments.MultiSafepay.Payments.Records;
using Nop.Plugin.Payments.MultiSafepay.Payments.Transactions;
using Nop.Plugin.Payments.MultiSafepay.Synchronization;

namespace Nop.Plugin.Payments.MultiSafepay.AfterSales;

/// <summary>Helpers for the owner's operations on an order; their exceptions contain the reason for the owner.</summary>
internal static class LockedOrderExtensions
{
    /// <summary>Runs an operation under the order's lock.</summary>
    /// <param name="lockedOrders">Provides the order under its lock.</param>
    /// <param name="seen">The order as the caller has it. It is read again under the lock.</param>
    /// <param name="mustBeUnchanged">
    /// Whether the caller will save its own copy of the order afterwards, as nopCommerce does. That copy must then not be older than the order in the database.
    /// </param>
    /// <param name="work">The operation.</param>
    /// <param name="cancellationToken">Cancels waiting for the lock, not the work.</param>
    /// <exception cref="AfterSalesException">The order was not placed with this plugin, was deleted, has changed, or is about to be saved by nopCommerce.</exception>
    /// <exception cref="OrderBusyException">Another caller held the lock for too long.</exception>
    public static Task<T> RunOperationAsync<T>(
        this LockedOrders lockedOrders, Order seen, bool mustBeUnchanged, Func<LockedOrder, Task<T>> work, CancellationToken cancellationToken) =>
        lockedOrders.RunAsync(OrderReference.From(seen), async locked =>
        {
            if (locked is not { Order.Deleted: false })
                throw new AfterSalesException("NotOurs");
            if (!await locked.SettlePendingSaveAsync())
                throw new AfterSalesException("Busy");
            if (mustBeUnchanged && (OrderSnapshot.From(seen) != locked.Snapshot || seen.ShippingStatus != locked.Order.ShippingStatus))
                throw new AfterSalesException("OrderChanged");

            return await work(locked);
        }, cancellationToken);

    /// <summary>Writes a note about a failure that will be tried again, unless it was written before.</summary>
    /// <param name="locked">The order.</param>
    /// <param name="failure">What failed, as recorded.</param>
    /// <param name="note">Writes the note.</param>
    public static async Task OnceAsync(this LockedOrder locked, string failure, Func<Task> note)
    {
        if (locked.Record.Has(AppliedEvents.Noted(failure)))
            return;
        await note();
        await locked.SaveAsync(locked.Record.With(AppliedEvents.Noted(failure)));
    }

    /// <summary>The shop's key for the environment in which the payment was made.</summary>
    /// <exception cref="AfterSalesException">The shop has no key for that environment.</exception>
    public static ApiCredentials RequireCredentials(this LockedOrder locked, PaymentAttempt attempt) =>
        locked.FindCredentials(attempt) ?? throw new AfterSalesException("NoKey", attempt.Environment.ToString());

    /// <summary>Finds one of the order's payments in its current state at MultiSafepay, starting with the newest.</summary>
    /// <param name="locked">The order.</param>
    /// <param name="reader">Reads the payments from MultiSafepay.</param>
    /// <param name="isMeant">Whether a payment is the one that is sought.</param>
    /// <param name="notFound">The resource of the exception if none of them is.</param>
    /// <param name="cancellationToken">Cancels the calls.</param>
    /// <exception cref="AfterSalesException">None of the payments matches, or the shop has no key for one of them.</exception>
    /// <exception cref="MultiSafepayApiException">MultiSafepay gave no usable answer.</exception>
    public static async Task<(PaymentAttempt Attempt, PulledPayment Payment)> FindPaymentAsync(
        this LockedOrder locked, PaymentReader reader, Func<PulledPayment, bool> isMeant, string notFound, CancellationToken cancellationToken)
    {
        foreach (var attempt in locked.Record.Attempts.Reverse())
        {
            locked.RequireCredentials(attempt);
            if (await reader.PullAsync(locked.Order, locked.Settings, attempt, cancellationToken) is { Whole.TransactionId: not null } payment && isMeant(payment))
                return (attempt, payment);
        }

        throw new AfterSalesException(locked.IsOfOtherKey ? "OtherKey" : notFound);
    }

    /// <summary>Reads a payment after a call about it was sent; null if MultiSafepay gives no usable answer, so that the outcome of the call is not known.</summary>
    public static async Task<PulledPayment?> TryPullAsync(this LockedOrder locked, PaymentReader reader, PaymentAttempt attempt, CancellationToken cancellationToken)
    {
        try
        {
            return await reader.PullAsync(locked.Order, locked.Settings, attempt, cancellationToken);
        }
        catch (MultiSafepayApiException)
        {
            return null;
        }
    }

    /// <summary>Applies a transaction that was pulled from MultiSafepay. The order and the record are read again before and after.</summary>
    /// <returns>Whether the order is unchanged. If not, a caller that saves an older copy would undo something.</returns>
    public static async Task<bool> ReadAgainAndApplyAsync(this LockedOrder locked, Synchronizer synchronizer, Transaction pulled, CancellationToken cancellationToken)
    {
        var before = locked.Snapshot;
        await locked.ReadAgainAsync();
        await synchronizer.ApplyPulledAsync(locked, pulled, cancellationToken);
        await locked.ReadAgainAsync();
        return locked.Snapshot == before;
    }
}
