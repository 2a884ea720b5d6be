using Nop.Core.Domain.Orders;
using Nop.Core.Domain.Payments;
using Nop.Plugin.Payments.MultiSafepay.Api;
using Nop.Plugin.Payments.MultiSafepay.Payments.Orders;
using Nop.Plugin.Payments.MultiSafepay.Payments.Records;
using Nop.Plugin.Payments.MultiSafepay.Payments.Transactions;
using Nop.Plugin.Payments.MultiSafepay.Synchronization;
using Nop.Services.Stores;

namespace Nop.Plugin.Payments.MultiSafepay.Checkout.Starting;

/// <summary>
/// Finds the page where a customer pays an order, once for each order at a time: the payment link of the last attempt while it lives, otherwise a new order
/// at MultiSafepay. A new one is opened only when the last one can no longer be paid, as far as MultiSafepay can be asked: what a customer pays into another account, whose key
/// the shop does not have any more, or by a transfer that was under way when its link was called off, can still come; the owner is told then.
/// </summary>
public class PaymentLinkService(
    LockedOrders lockedOrders,
    IStoreService storeService,
    AttemptCreator attemptCreator,
    AttemptCanceller attemptCanceller,
    Synchronizer synchronizer)
{
    /// <summary>Starts the payment, or finds the started one.</summary>
    /// <exception cref="PaymentStartException">The payment cannot be started; the exception says what owner and customer are told.</exception>
    /// <exception cref="MultiSafepayApiException">MultiSafepay refused the order or gave no usable answer.</exception>
    /// <exception cref="OrderBusyException">Somebody else is working on the order.</exception>
    public Task<Uri> StartAsync(OrderReference reference, CancellationToken cancellationToken) => lockedOrders.RunAsync(reference, async locked =>
    {
        if (locked is null)
            throw new PaymentStartException(PaymentStartFailure.NotPayable);
        EnsurePayable(locked.Order);

        var store = await storeService.GetStoreByIdAsync(locked.Order.StoreId) ?? throw new PaymentStartException(PaymentStartFailure.NotPayable);
        var credentials = locked.FindCredentials(locked.Settings.Environment) ?? throw new PaymentStartException(PaymentStartFailure.NoApiKey);
        return (locked.Record.Attempts.Any(attempt => attempt.IsOfInterest) ? await FindLinkAsync(locked, credentials, cancellationToken) : null)
            ?? await attemptCreator.OpenAsync(locked, store, credentials, cancellationToken);
    }, cancellationToken);

    // A link is used again only for the same charge in the same account, and only when MultiSafepay does not know better. Where the customer can have paid already, by this
    // attempt or by an earlier one that was called off, the answer decides; while MultiSafepay is out of reach, a link that has not run out is still the best there is.
    private async Task<Uri?> FindLinkAsync(LockedOrder locked, ApiCredentials credentials, CancellationToken cancellationToken)
    {
        var result = new SyncResult(SyncOutcome.NotStarted);
        if (locked.AskableAttempts.Count > 0)
        {
            var (order, record) = (locked.Order, locked.Record);
            try
            {
                result = await synchronizer.PullLockedAsync(locked, allowTerminalActions: false, cancellationToken);
            }
            catch (MultiSafepayApiException exception) when (exception.IsTransient)
            {
                if (!record.Current!.Closed && !record.Attempts.Any(attempt => attempt.HoldsMoney) && await LinkAsync(locked, order, record, credentials, record.Current) is { } known)
                    return known;
                throw;
            }

            await locked.ReadOrderAgainAsync();
            EnsurePayable(locked.Order);
            await locked.ReadRecordAgainAsync();
        }

        // Money that came in by whichever attempt, and that the order does not count (yet): a second payment would be one too many.
        if (locked.Record.Attempts.Any(attempt => attempt.HoldsMoney))
            throw new PaymentStartException(PaymentStartFailure.InProgress);
        var current = locked.Record.Current!;
        if (current.Closed)
            return null;

        var state = result.OrderId == current.OrderId ? result.State : (TransactionState?)null;
        if (state is null or TransactionState.Initialized)
        {
            if (result.Outcome != SyncOutcome.OfAnotherShop && await LinkAsync(locked, locked.Order, locked.Record, credentials, current) is { } link)
                return link;
        }
        else if (!state.Value.IsTerminalUnpaid())
        {
            throw new PaymentStartException(PaymentStartFailure.InProgress);
        }

        // A method that came to a bad end is not proposed again; running out of time is none.
        var hasFailed = state?.IsTerminalUnpaid() == true && state != TransactionState.Expired;
        return await attemptCanceller.CloseAsync(locked, current with { MethodFailed = hasFailed }, cancellationToken) == CloseOutcome.HoldsMoney
            ? throw new PaymentStartException(PaymentStartFailure.InProgress)
            : null;
    }

    // The link of the attempt, where it asks for what the order costs now, in the account and environment that are chosen now, and has time left.
    private async Task<Uri?> LinkAsync(LockedOrder locked, Order order, PaymentRecord record, ApiCredentials credentials, PaymentAttempt attempt) =>
        attempt.PaymentUrl is { } url && attempt.Environment == credentials.Environment && (attempt.KeyFingerprint ?? credentials.Fingerprint) == credentials.Fingerprint
            && await attemptCreator.IsSameChargeAsync(order, locked.Settings, record, attempt) ? new Uri(url) : null;

    private static void EnsurePayable(Order order)
    {
        if (order.Deleted || order.OrderStatus == OrderStatus.Cancelled || order.PaymentStatus != PaymentStatus.Pending)
            throw new PaymentStartException(PaymentStartFailure.NotPayable);
    }
}

/// <summary>Why a payment could not be started, where the reason is the shop's own.</summary>
public enum PaymentStartFailure
{
    /// <summary>The order is paid, cancelled or gone.</summary>
    NotPayable,

    /// <summary>A payment is being processed; another one would be one too many.</summary>
    InProgress,

    /// <summary>The owner has entered no API key for the chosen environment.</summary>
    NoApiKey,

    /// <summary>MultiSafepay cannot call the notification URL, or send the customer back.</summary>
    BadUrl
}

/// <summary>A payment could not be started for a reason of the shop's own.</summary>
/// <param name="failure">The reason.</param>
/// <param name="details">More for the owner: what is wrong with which URL.</param>
public sealed class PaymentStartException(PaymentStartFailure failure, string? details = null) : Exception($"The payment cannot be started: {failure}. {details}")
{
    /// <summary>The reason.</summary>
    public PaymentStartFailure Failure { get; } = failure;

    /// <summary>More for the owner, or null.</summary>
    public string? Details { get; } = details;
}
