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
        if (storeSettings.Credentials(settings, attempt.Environment) is { } credentials && !await CancelAsync(order, credentials, attempt, cancellationToken))
            return record;

        record = record.With(attempt with { Closed = true });
        await recordStore.SaveAsync(order, record);
        return record;
    }

    // Whether nobody can pay it any more. A refusal means that it is over already or never began, unless MultiSafepay says that it was paid.
    private async Task<bool> CancelAsync(Order order, ApiCredentials credentials, PaymentAttempt attempt, CancellationToken cancellationToken)
    {
        try
        {
            await client.UpdateOrderAsync(credentials, attempt.OrderId, OrderUpdate.Cancel, cancellationToken);
            return true;
        }
        catch (MultiSafepayApiException exception) when (exception is { IsTransient: false, OutcomeUnknown: false })
        {
            return await IsOverAsync(order, credentials, attempt, cancellationToken);
        }
    }

    private async Task<bool> IsOverAsync(Order order, ApiCredentials credentials, PaymentAttempt attempt, CancellationToken cancellationToken)
    {
        try
        {
            var transaction = await client.GetOrderAsync(credentials, attempt.OrderId, cancellationToken);
            return TransactionStates.Of(transaction).IsUnpaidEnd() || OrderTag.IsOfAnother(transaction.Var1, order);
        }
        catch (MultiSafepayApiException exception) when (exception.Code == MultiSafepayErrorCodes.OrderId)
        {
            return true;
        }
    }
}
