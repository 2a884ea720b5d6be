using Nop.Core.Domain.Orders;
using Nop.Plugin.Payments.MultiSafepay.Api;
using Nop.Plugin.Payments.MultiSafepay.Payments.Notices;
using Nop.Plugin.Payments.MultiSafepay.Payments.Orders;
using Nop.Plugin.Payments.MultiSafepay.Payments.Records;
using Nop.Plugin.Payments.MultiSafepay.Payments.Stores;
using Nop.Plugin.Payments.MultiSafepay.Payments.Transactions;

namespace Nop.Plugin.Payments.MultiSafepay.Synchronization;

/// <summary>What came of closing an attempt.</summary>
public enum CloseOutcome
{
    /// <summary>Nobody can pay it any more.</summary>
    Closed,

    /// <summary>Money has come in, or may still come in.</summary>
    HoldsMoney,

    /// <summary>It was made with an API key that the shop does not have any more, in another account: nobody can close it from here. The owner was told.</summary>
    OtherKey
}

/// <summary>Closes payment attempts at MultiSafepay and keeps the order's record in step. Called under the order's lock only.</summary>
public class AttemptCanceller(
    StoreSettings storeSettings, IMultiSafepayClient client, MerchantAlerts alerts, OrderNotesAndLog notesAndLog, TimeProvider timeProvider)
{
    /// <summary>Makes sure that nobody can pay the attempt any more, where that is possible, and saves what came of it.</summary>
    /// <exception cref="MultiSafepayApiException">MultiSafepay is out of reach: the attempt may still be open.</exception>
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
    /// Whether nobody can close the attempt from here and the owner was told: the shop has the key of another account now. A key that is only missing may come back, so that
    /// closing is tried again until the link has ended.
    /// </summary>
    private async Task<bool> IsLeftOpenAsync(Order order, PaymentRecord record, PaymentAttempt attempt)
    {
        if (!record.Has(AppliedEvents.OtherKey(attempt.OrderId)))
            return false;
        var key = storeSettings.Credentials(await storeSettings.ForStoreAsync(order.StoreId), attempt.Environment)?.Fingerprint;
        return key is null ? timeProvider.GetUtcNow().UtcDateTime > attempt.ExpiresUtc : attempt.KeyFingerprint is { } made && made != key;
    }

    /// <summary>Those of the order's attempts that match and are not left open for good (<see cref="IsLeftOpenAsync"/>).</summary>
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

        // Another shop of the same site has used the order id since: what is there is not ours to cancel, and nobody can pay for this order under it.
        if (await client.FindOrderAsync(credentials, attempt.OrderId, cancellationToken) is { } there && !OrderReference.IsOf(there.Var1, order))
            return CloseOutcome.Closed;

        // Saved before it is sent: a shop that is killed in between must not take the cancellation for the customer's, and cancel the order for it.
        if (!attempt.CancelRequested)
            await locked.SaveAsync(locked.Record.With(attempt with { CancelRequested = true }));
        try
        {
            await client.UpdateOrderAsync(credentials, attempt.OrderId, OrderUpdate.Cancel, cancellationToken);
            return CloseOutcome.Closed;
        }
        catch (MultiSafepayApiException exception) when (exception is { IsTransient: false, OutcomeUnknown: false })
        {
            // A refusal means that it is over already or never began, unless MultiSafepay says that it was paid. An account that does not know it may be the wrong one.
            return await client.FindOrderAsync(credentials, attempt.OrderId, cancellationToken) is { } transaction
                ? TransactionStates.From(transaction).IsTerminalUnpaid() || !OrderReference.IsOf(transaction.Var1, order) ? CloseOutcome.Closed : CloseOutcome.HoldsMoney
                : attempt.KeyFingerprint is { } key && key != credentials.Fingerprint ? CloseOutcome.OtherKey : CloseOutcome.Closed;
        }
    }
}
