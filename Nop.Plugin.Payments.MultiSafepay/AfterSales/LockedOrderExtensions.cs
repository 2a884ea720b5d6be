using Nop.Core.Domain.Orders;
using Nop.Plugin.Payments.MultiSafepay.Api;
using Nop.Plugin.Payments.MultiSafepay.Payments.Orders;
using Nop.Plugin.Payments.MultiSafepay.Payments.Records;
using Nop.Plugin.Payments.MultiSafepay.Payments.Transactions;
using Nop.Plugin.Payments.MultiSafepay.Synchronization;

namespace Nop.Plugin.Payments.MultiSafepay.AfterSales;

/// <summary>What the owner's operations ask of an order, with the reason for the owner where it cannot be.</summary>
internal static class LockedOrderExtensions
{
    /// <summary>Runs an operation alone for the order.</summary>
    /// <param name="lockedOrders">Gives out the order.</param>
    /// <param name="seen">The order as the caller has it. It is read again under the lock.</param>
    /// <param name="mustBeUnchanged">
    /// Whether the caller will save its own copy of the order afterwards, as nopCommerce does: then it must not be older than the one in the database.
    /// </param>
    /// <param name="work">The operation.</param>
    /// <param name="cancellationToken">Ends the waiting, not the work.</param>
    /// <exception cref="AfterSalesException">The order is not paid with this plugin, has changed, or is just being changed.</exception>
    /// <exception cref="OrderBusyException">Somebody else kept the order for too long.</exception>
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

    /// <summary>The key that the payment was made with.</summary>
    /// <exception cref="AfterSalesException">The shop has none for that environment.</exception>
    public static ApiCredentials RequireCredentials(this LockedOrder locked, PaymentAttempt attempt) =>
        locked.FindCredentials(attempt) ?? throw new AfterSalesException("NoKey", attempt.Environment.ToString());

    /// <summary>Finds one of the order's payments as it is at MultiSafepay now; the youngest is asked about first.</summary>
    /// <param name="locked">The order.</param>
    /// <param name="reader">Asks MultiSafepay.</param>
    /// <param name="isMeant">Whether it is the one.</param>
    /// <param name="notFound">The reason for the owner when none of them is.</param>
    /// <param name="cancellationToken">Ends the calls.</param>
    /// <exception cref="AfterSalesException">None of them is, or the shop has no key for one of them.</exception>
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

    /// <summary>Asks MultiSafepay about a payment whose call has just been sent; null when there is no usable answer: what became of the call is not known then.</summary>
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

    /// <summary>Applies what was pulled from MultiSafepay. Order and record are read again before and after.</summary>
    /// <returns>Whether the order is still as it was: whoever saves a copy that was read before would otherwise undo something.</returns>
    public static async Task<bool> ReadAgainAndApplyAsync(this LockedOrder locked, Synchronizer synchronizer, Transaction pulled, CancellationToken cancellationToken)
    {
        var before = locked.Snapshot;
        await locked.ReadOrderAgainAsync();
        await locked.ReadRecordAgainAsync();
        await synchronizer.ApplyPulledAsync(locked, pulled, cancellationToken);
        await locked.ReadOrderAgainAsync();
        await locked.ReadRecordAgainAsync();
        return locked.Snapshot == before;
    }
}
