using Nop.Core.Domain.Orders;
using Nop.Plugin.Payments.MultiSafepay.Api;
using Nop.Plugin.Payments.MultiSafepay.Payments.Notices;
using Nop.Plugin.Payments.MultiSafepay.Payments.Orders;
using Nop.Plugin.Payments.MultiSafepay.Payments.Records;
using Nop.Plugin.Payments.MultiSafepay.Payments.Stores;
using Nop.Plugin.Payments.MultiSafepay.Payments.Transactions;

namespace Nop.Plugin.Payments.MultiSafepay.Synchronization;

/// <summary>The result of closing an attempt.</summary>
public enum CloseOutcome
{
    /// <summary>The attempt can no longer be paid.</summary>
    Closed,

    /// <summary>The attempt has received money or may still receive it.</summary>
    HoldsMoney,

    /// <summary>
    /// The attempt was created with an API key that the shop no longer has, possibly in another account, so the shop cannot close it. The owner is notified.
    /// </summary>
    OtherKey
}

/// <summary>Closes payment attempts at MultiSafepay and updates the order's record. Must be called under the order's lock.</summary>
public class AttemptCanceller(
    StoreSettings storeSettings, IMultiSafepayClient client, MerchantAlerts alerts, OrderNotesAndLog notesAndLog, TimeProvider timeProvider)
{
    /// <summary>Cancels the attempt at MultiSafepay, if possible, so that it can no longer be paid, and saves the result.</summary>
    /// <exception cref="MultiSafepayApiException">MultiSafepay gave no usable answer; the attempt may still be open.</exception>
    public async Task<CloseOutcome> CloseAsync(LockedOrder locked, PaymentAttempt attempt, CancellationToken cancellationToken)
    {
        var outcome = locked.FindCredentials(attempt) is { } credentials
            ? await CancelAsync(locked, credentials, attempt, cancellationToken)
            : CloseOutcome.OtherKey;
        switch (outcome)
        {
            case CloseOutcome.Closed:
                await locked.SaveAsync(locked.Record.With(attempt with { Closed = true, CancelRequested = true }));
                break;
            case CloseOutcome.OtherKey when !locked.Record.Has(AppliedEvents.OtherKey(attempt.OrderId)):
                if (await alerts.RaiseAsync(locked.Order, "LinkOfOtherKey") && await notesAndLog.NoteAsync(locked.Order, "LinkOfOtherKey", attempt.OrderId))
                    await locked.SaveAsync(locked.Record.With(AppliedEvents.OtherKey(attempt.OrderId)));
                break;
        }

        return outcome;
    }

    /// <summary>
    /// Whether the shop cannot close the attempt and the owner was notified, because the shop now has the key of another account. If the key is only missing, it may be entered
    /// again, so closing is retried until the link has expired.
    /// </summary>
    private async Task<bool> IsLeftOpenAsync(Order order, PaymentRecord record, PaymentAttempt attempt)
    {
        if (!record.Has(AppliedEvents.OtherKey(attempt.OrderId)))
            return false;
        var key = storeSettings.Credentials(await storeSettings.ForStoreAsync(order.StoreId), attempt.Environment)?.Fingerprint;
        return key is null ? timeProvider.GetUtcNow().UtcDateTime > attempt.ExpiresUtc : attempt.KeyFingerprint is { } made && made != key;
    }

    /// <summary>The order's attempts that match and that the shop may still be able to close (see <see cref="IsLeftOpenAsync"/>).</summary>
    public async Task<IReadOnlyList<PaymentAttempt>> FindClosableAsync(Order order, PaymentRecord record, Func<PaymentAttempt, bool> match)
    {
        var closable = new List<PaymentAttempt>();
        foreach (var attempt in record.Attempts.Where(match))
        {
            if (!await IsLeftOpenAsync(order, record, attempt))
                closable.Add(attempt);
        }

        return closable;
    }

    private async Task<CloseOutcome> CancelAsync(LockedOrder locked, ApiCredentials credentials, PaymentAttempt attempt, CancellationToken cancellationToken)
    {
        var order = locked.Order;

        // If another shop of the same site has used the order id in the meantime, its payment must not be cancelled, and this order can no longer be paid under the id.
        if (await client.FindOrderAsync(credentials, attempt.OrderId, cancellationToken) is { } there && !OrderReference.IsOf(there.Var1, order))
            return CloseOutcome.Closed;

        // Saved before the call: if the shop crashes in between, it must not take the cancellation for the customer's and cancel the order.
        if (!attempt.CancelRequested)
            await locked.SaveAsync(locked.Record.With(attempt with { CancelRequested = true }));
        try
        {
            await client.UpdateOrderAsync(credentials, attempt.OrderId, OrderUpdate.Cancel, cancellationToken);
            return CloseOutcome.Closed;
        }
        catch (MultiSafepayApiException exception) when (exception is { IsTransient: false, OutcomeUnknown: false })
        {
            // A rejection means that the attempt has ended or was never opened, unless MultiSafepay shows a payment. An account that does not know the attempt may be the wrong account.
            return await client.FindOrderAsync(credentials, attempt.OrderId, cancellationToken) is { } transaction
                ? TransactionStates.From(transaction).IsTerminalUnpaid() || !OrderReference.IsOf(transaction.Var1, order) ? CloseOutcome.Closed : CloseOutcome.HoldsMoney
                : attempt.KeyFingerprint is { } key && key != credentials.Fingerprint ? CloseOutcome.OtherKey : CloseOutcome.Closed;
        }
    }
}
