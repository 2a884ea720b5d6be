using Nop.Core.Domain.Orders;
using Nop.Data;
using Nop.Plugin.Payments.MultiSafepay.Api;
using Nop.Plugin.Payments.MultiSafepay.Payments.Orders;
using Nop.Plugin.Payments.MultiSafepay.Payments.Records;
using Nop.Plugin.Payments.MultiSafepay.Payments.Stores;

namespace Nop.Plugin.Payments.MultiSafepay.Synchronization.Notifications;

/// <summary>
/// Recognises notifications that change nothing, which most are: MultiSafepay sends each several times. It takes the order, its record and one setting, and no lock, because nothing is
/// written. Whatever it does not recognise goes to the <see cref="Synchronizer"/>, which reads everything again under the order's lock.
/// </summary>
public class RepetitionCheck(PaymentRecordStore recordStore, IRepository<Order> orders, StoreSettings storeSettings, TimeProvider timeProvider)
{
    /// <summary>Whether the order and its record already agree with the transaction, so that the <see cref="Synchronizer"/> would change nothing.</summary>
    /// <param name="reference">The order in the signed body.</param>
    /// <param name="storeId">The store whose key signed it.</param>
    /// <param name="transaction">The signed body.</param>
    /// <param name="signedWith">The environment whose key signed it.</param>
    /// <exception cref="System.Text.Json.JsonException">The payment record cannot be read; nothing was decided.</exception>
    public async Task<bool> IsRepetitionAsync(OrderReference reference, int storeId, Transaction transaction, MultiSafepayEnvironment signedWith)
    {
        if (reference.Id <= 0)
            return false;

        // The record is read before the order, as under the lock. Another caller that is at work on the order has a claim, and nopCommerce is about to save the order if a save is pending.
        var record = await recordStore.LoadAsync(reference.Id);
        if (record is not { Claim: null, PendingSave: null, IsInAttribute: false } || record.Find(transaction.OrderId) is not { } attempt || attempt.Environment != signedWith
            || !Settlement.IsRecorded(record, attempt, transaction, timeProvider.GetUtcNow().UtcDateTime))
            return false;

        return await orders.GetByIdAsync(reference.Id) is { } order && order.OrderGuid == reference.OrderGuid && order.StoreId == storeId && order.IsOurs()
            && order.OrderStatus != OrderStatus.Cancelled
            && Settlement.IsSettled(OrderSnapshot.From(order), record, attempt, transaction, await storeSettings.StatusMappingAsync(storeId));
    }
}
