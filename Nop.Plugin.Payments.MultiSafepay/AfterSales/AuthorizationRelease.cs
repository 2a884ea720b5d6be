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
/// Releases the authorisation of an order that was cancelled or deleted: nopCommerce lets customers cancel an authorised order, and notifies nobody. If the authorisation
/// cannot be released, the owner is notified.
/// </summary>
public class AuthorizationRelease(
    LockedOrders lockedOrders,
    PaymentReader reader,
    Synchronizer synchronizer,
    IMultiSafepayClient client,
    MerchantAlerts alerts,
    OrderNotesAndLog notesAndLog)
{
    /// <summary>Releases the authorisation of a cancelled or deleted order, once. Does nothing if the order is not authorised.</summary>
    /// <param name="seen">The order as nopCommerce has it and may save it; its payment status becomes voided as well.</param>
    /// <param name="cancellationToken">Cancels waiting for the lock, and the calls.</param>
    /// <exception cref="OrderBusyException">Another caller is working on the order.</exception>
    /// <exception cref="MultiSafepayApiException">MultiSafepay gave no usable answer: the money may still be held.</exception>
    public Task ReleaseAsync(Order seen, CancellationToken cancellationToken) => lockedOrders.RunAsync(seen, async locked =>
    {
        if (locked.Order is not { PaymentStatus: PaymentStatus.Authorized } || locked.Order is { Deleted: false, OrderStatus: not OrderStatus.Cancelled })
            return;

        var (snapshot, record) = (locked.Snapshot, locked.Record);
        if (record.Attempts.LastOrDefault(attempt => PayingTransaction.IsAuthorizedBy(snapshot, record, attempt.TransactionId)) is not { } held)
            return;

        if (await reader.PullAsync(locked.Order, locked.Settings, held, cancellationToken) is not { } payment)
        {
            await TellAsync(locked, held);
            return;
        }

        var state = TransactionStates.From(payment.Whole);
        if (CapturedPayments.CapturedOf(payment.Whole) == 0 && state is TransactionState.Authorized or TransactionState.Completed or TransactionState.Uncleared)
        {
            await CancelAsync(locked.FindCredentials(held)!, held, state, cancellationToken);
            payment = await reader.PullAsync(locked.Order, locked.Settings, held, cancellationToken) ?? payment;
        }

        // nopCommerce may have saved the order while MultiSafepay was asked; those changes must not be lost.
        await locked.ReadOrderAgainAsync();
        await synchronizer.ApplyPulledAsync(locked, payment.Whole, cancellationToken);

        // When a customer cancels, nopCommerce saves the whole order afterwards, as it had read it before, and would restore the authorisation.
        if (locked.Order.PaymentStatus == PaymentStatus.Voided)
            seen.PaymentStatus = PaymentStatus.Voided;
        if (!TransactionStates.From(payment.Whole).IsTerminalUnpaid())
            await TellAsync(locked, held);
    }, cancellationToken);

    // The hold on a card is released. A payment that a provider has accepted and not captured yet is cancelled, which MultiSafepay documents for Pay After Delivery and Riverty; for other
    // methods it is tried. Whether MultiSafepay rejected it shows in the state that it reports afterwards.
    private async Task CancelAsync(ApiCredentials credentials, PaymentAttempt attempt, TransactionState state, CancellationToken cancellationToken)
    {
        try
        {
            if (state == TransactionState.Authorized)
                await client.ReleaseAsync(credentials, attempt.OrderId, "The order was cancelled", cancellationToken);
            else
                await client.UpdateOrderAsync(credentials, attempt.OrderId, OrderUpdate.Cancel, cancellationToken);
        }
        catch (MultiSafepayApiException exception) when (exception is { IsTransient: false, OutcomeUnknown: false })
        {
            await notesAndLog.WarnAsync(FormattableString.Invariant($"order {attempt.OrderId} was cancelled, and MultiSafepay refused to release its authorisation. {exception.Message}"));
        }
    }

    private async Task TellAsync(LockedOrder locked, PaymentAttempt attempt)
    {
        var applied = AppliedEvents.StillHeldPrefix + attempt.OrderId;
        if (!locked.Record.Has(applied) && await alerts.RaiseAsync(locked.Order, "CancelledStillHeld")
            && await notesAndLog.NoteAsync(locked.Order, "CancelledStillHeld", MoneyText.Format(attempt.Amount, attempt.Currency), attempt.TransactionId))
            await locked.SaveAsync(locked.Record.With(applied));
    }
}
