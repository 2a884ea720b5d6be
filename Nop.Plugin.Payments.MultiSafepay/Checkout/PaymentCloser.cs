using Nop.Core.Domain.Orders;
using Nop.Plugin.Payments.MultiSafepay.Api;
using Nop.Plugin.Payments.MultiSafepay.Configuration;
using Nop.Plugin.Payments.MultiSafepay.Synchronization;

namespace Nop.Plugin.Payments.MultiSafepay.Checkout;

/// <summary>Closes payment attempts at MultiSafepay and keeps the order's record in step. Called under the order's lock only.</summary>
public class PaymentCloser(StoreSettings storeSettings, IMultiSafepayClient client, PaymentRecordStore recordStore)
{
    /// <summary>Makes sure that nobody can pay the attempt any more.</summary>
    /// <returns>The record, already saved; in it the attempt is closed unless money has come in or may still come in.</returns>
    /// <exception cref="MultiSafepayApiException">MultiSafepay is out of reach: the attempt may still be open.</exception>
    public async Task<PaymentRecord> CloseAsync(
        Order order, MultiSafepaySettings settings, PaymentRecord record, PaymentAttempt attempt, CancellationToken cancellationToken)
    {
        if (!await IsTakenAsync(order, settings, attempt, cancellationToken)
            && storeSettings.Credentials(settings, attempt.Environment) is { } credentials && !await CancelAsync(credentials, attempt, cancellationToken))
            return record;

        record = record.With(attempt with { Closed = true });
        await recordStore.SaveAsync(order, record);
        return record;
    }

    /// <summary>Whether another shop of the same MultiSafepay site has used the attempt's order id since: what is there is not ours to cancel, and not to be paid for this order.</summary>
    /// <exception cref="MultiSafepayApiException">MultiSafepay is out of reach.</exception>
    public async Task<bool> IsTakenAsync(Order order, MultiSafepaySettings settings, PaymentAttempt attempt, CancellationToken cancellationToken) =>
        storeSettings.Credentials(settings, attempt.Environment) is { } credentials
        && await client.FindOrderAsync(credentials, attempt.OrderId, cancellationToken) is { } transaction && OrderTag.IsOfAnother(transaction.Var1, order);

    // Whether nobody can pay it any more. A refusal means that it is over already or never began, unless MultiSafepay says that it was paid.
    private async Task<bool> CancelAsync(ApiCredentials credentials, PaymentAttempt attempt, CancellationToken cancellationToken)
    {
        try
        {
            await client.UpdateOrderAsync(credentials, attempt.OrderId, OrderUpdate.Cancel, cancellationToken);
            return true;
        }
        catch (MultiSafepayApiException exception) when (exception is { IsTransient: false, OutcomeUnknown: false })
        {
            return await client.FindOrderAsync(credentials, attempt.OrderId, cancellationToken) is not { } transaction || TransactionStates.Of(transaction).IsUnpaidEnd();
        }
    }
}
