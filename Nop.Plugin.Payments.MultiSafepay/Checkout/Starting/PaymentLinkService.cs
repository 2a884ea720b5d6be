using Nop.Core.Domain.Orders;
using Nop.Core.Domain.Payments;
using Nop.Plugin.Payments.MultiSafepay.Api;
using Nop.Plugin.Payments.MultiSafepay.Checkout.Methods;
using Nop.Plugin.Payments.MultiSafepay.Payments.Orders;
using Nop.Plugin.Payments.MultiSafepay.Payments.Records;
using Nop.Plugin.Payments.MultiSafepay.Payments.Transactions;
using Nop.Plugin.Payments.MultiSafepay.Synchronization;
using Nop.Services.Stores;

namespace Nop.Plugin.Payments.MultiSafepay.Checkout.Starting;

/// <summary>
/// Finds the payment page of an order, one call at a time for each order: the link of the last attempt while it is valid, otherwise a new order at MultiSafepay.
/// A new one is created only if the last one can no longer be paid, as far as MultiSafepay can be asked. A payment into another account, whose API key the shop no
/// longer has, or by a transfer that was already under way when its link was cancelled, can still arrive; the shop owner is notified of both.
/// </summary>
public class PaymentLinkService(
    LockedOrders lockedOrders,
    IStoreService storeService,
    AttemptCreator attemptCreator,
    AttemptCanceller attemptCanceller,
    Synchronizer synchronizer,
    TimeProvider timeProvider)
{
    /// <summary>
    /// For how long a payment with a saved card whose answer was lost may still be on its way. Unlike a payment page, which nobody can open whose address is not known, it takes the money by itself.
    /// No source; chosen, and longer than the shop waits for an answer.
    /// </summary>
    public static readonly TimeSpan CardMayBeUnderWay = TimeSpan.FromMinutes(2);

    /// <summary>Starts the payment, or returns the payment page of the one that was started before.</summary>
    /// <exception cref="PaymentStartException">The payment cannot be started; the exception has the reason for the owner and the customer.</exception>
    /// <exception cref="MultiSafepayApiException">MultiSafepay rejected the order, or there was no usable answer.</exception>
    /// <exception cref="OrderBusyException">The order's lock is held by another caller.</exception>
    public Task<Uri> StartAsync(OrderReference reference, CancellationToken cancellationToken) => StartAsync(reference, chosen: null, cancellationToken);

    /// <summary>Charges stored payment details for an order of a subscription, without the customer. A payment link that is open is cancelled first; the money is never taken twice.</summary>
    /// <param name="reference">The order.</param>
    /// <param name="chosen">The payment details.</param>
    /// <param name="cancellationToken">Cancels waiting for the lock, and the calls.</param>
    /// <inheritdoc cref="StartAsync(OrderReference, CancellationToken)" path="/exception"/>
    public Task ChargeAsync(OrderReference reference, MethodChoice chosen, CancellationToken cancellationToken) => StartAsync(reference, chosen, cancellationToken);

    private Task<Uri> StartAsync(OrderReference reference, MethodChoice? chosen, CancellationToken cancellationToken) => lockedOrders.RunAsync(reference, async locked =>
    {
        if (locked is null)
            throw new PaymentStartException(PaymentStartFailure.NotPayable);
        EnsurePayable(locked.Order);

        var store = await storeService.GetStoreByIdAsync(locked.Order.StoreId) ?? throw new PaymentStartException(PaymentStartFailure.NotPayable);
        var credentials = locked.FindCredentials(locked.Settings.Environment) ?? throw new PaymentStartException(PaymentStartFailure.NoApiKey);
        return (locked.Record.Attempts.Any(attempt => attempt.IsOfInterest) ? await ReuseOrCancelAsync(locked, credentials, mayReuse: chosen is null, cancellationToken) : null)
            ?? await attemptCreator.CreateAsync(locked, store, credentials, cancellationToken, chosen);
    }, cancellationToken);

    // A link is reused only for the same charge in the same account, and only if MultiSafepay reports nothing to the contrary. If the customer may have paid already, by this
    // attempt or by an earlier one that was cancelled, MultiSafepay's answer decides. While MultiSafepay cannot be reached, a link that has not expired is used.
    private async Task<Uri?> ReuseOrCancelAsync(LockedOrder locked, ApiCredentials credentials, bool mayReuse, CancellationToken cancellationToken)
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
                if (mayReuse && !record.Current!.Closed && !record.Attempts.Any(attempt => attempt.HoldsMoney) && await LinkAsync(locked, order, record, credentials, record.Current) is { } known)
                    return known;
                throw;
            }

            await locked.ReadAgainAsync();
            EnsurePayable(locked.Order);
        }

        // Money has been received by one of the attempts and is not booked in the order (yet); the customer must not pay a second time.
        if (locked.Record.Attempts.Any(attempt => attempt.HoldsMoney))
            throw new PaymentStartException(PaymentStartFailure.InProgress);
        var current = locked.Record.Current!;
        if (current.Closed)
            return null;

        if (current is { IsSavedCard: true, PaymentUrl: null, State: null } && timeProvider.GetUtcNow().UtcDateTime - current.CreatedUtc < CardMayBeUnderWay && result.OrderId != current.OrderId)
            throw new PaymentStartException(PaymentStartFailure.InProgress);

        var state = result.OrderId == current.OrderId ? result.State : (TransactionState?)null;
        if (state is null or TransactionState.Initialized)
        {
            if (mayReuse && result.Outcome != SyncOutcome.OfAnotherShop && await LinkAsync(locked, locked.Order, locked.Record, credentials, current) is { } link)
                return link;
        }
        else if (!state.Value.IsTerminalUnpaid())
        {
            throw new PaymentStartException(PaymentStartFailure.InProgress);
        }

        // A method that failed is not proposed again. Expiry does not count as a failure of the method.
        var hasFailed = state?.IsTerminalUnpaid() == true && state != TransactionState.Expired;
        return await attemptCanceller.CloseAsync(locked, current with { MethodFailed = hasFailed }, cancellationToken) == CloseOutcome.HoldsMoney
            ? throw new PaymentStartException(PaymentStartFailure.InProgress)
            : null;
    }

    // The link of the attempt, if it is for the order's current charge, in the current account and environment, and has not expired.
    private async Task<Uri?> LinkAsync(LockedOrder locked, Order order, PaymentRecord record, ApiCredentials credentials, PaymentAttempt attempt) =>
        attempt.PaymentUrl is { } url && attempt.Environment == credentials.Environment && (attempt.KeyFingerprint ?? credentials.Fingerprint) == credentials.Fingerprint
            && await attemptCreator.IsSameChargeAsync(order, locked.Settings, record, attempt) ? new Uri(url) : null;

    private static void EnsurePayable(Order order)
    {
        if (order.Deleted || order.OrderStatus == OrderStatus.Cancelled || order.PaymentStatus != PaymentStatus.Pending)
            throw new PaymentStartException(PaymentStartFailure.NotPayable) { IsPaid = order is { Deleted: false, PaymentStatus: PaymentStatus.Paid or PaymentStatus.Authorized } };
    }
}

/// <summary>The reasons for which a payment cannot be started: on the shop's side, or because a saved card was refused.</summary>
public enum PaymentStartFailure
{
    /// <summary>The order is paid, cancelled or deleted.</summary>
    NotPayable,

    /// <summary>A payment of the order is already being processed.</summary>
    InProgress,

    /// <summary>There is no API key for the selected environment.</summary>
    NoApiKey,

    /// <summary>MultiSafepay does not accept the notification URL or one of the return URLs.</summary>
    BadUrl,

    /// <summary>The saved card is not there any more: it was deleted, or has expired and was removed.</summary>
    CardGone,

    /// <summary>The saved card was declined.</summary>
    CardDeclined,

    /// <summary>The saved card has expired, or is not valid any more.</summary>
    CardExpired,

    /// <summary>The bank wants the cardholder to confirm the payment, which needs the payment page.</summary>
    CardAuthentication,

    /// <summary>There was not enough money for a payment with the saved card.</summary>
    CardFunds
}

/// <summary>Thrown when a payment cannot be started for a reason that is not an error of MultiSafepay's API.</summary>
/// <param name="failure">The reason.</param>
/// <param name="details">Details for the shop owner, such as the URL and what is wrong with it; null for none.</param>
public sealed class PaymentStartException(PaymentStartFailure failure, string? details = null) : Exception($"The payment cannot be started: {failure}. {details}")
{
    /// <summary>The reason.</summary>
    public PaymentStartFailure Failure { get; } = failure;

    /// <summary>Details for the shop owner; null for none.</summary>
    public string? Details { get; } = details;

    /// <summary>Whether the order cannot be paid because it is paid or authorised already: by the payment that was being started, if the notification about it was faster than the answer.</summary>
    public bool IsPaid { get; init; }

    /// <summary>Whether a saved card was refused, which needs nothing from the owner.</summary>
    public bool IsOfCard => Failure is PaymentStartFailure.CardGone or PaymentStartFailure.CardDeclined or PaymentStartFailure.CardExpired or PaymentStartFailure.CardAuthentication
        or PaymentStartFailure.CardFunds;
}
