using System.Text.Json;
using Nop.Core.Domain.Orders;
using Nop.Data;
using Nop.Plugin.Payments.MultiSafepay.Payments.Notices;
using Nop.Plugin.Payments.MultiSafepay.Payments.Orders;
using Nop.Plugin.Payments.MultiSafepay.Payments.Records;

namespace Nop.Plugin.Payments.MultiSafepay.AfterSales;

/// <summary>
/// Erases the customer's personal data from the payment records: the payment links, whose pages show what the customer bought, and the last
/// digits of cards. Data that the shop must keep for its accounts remains: amounts, times and MultiSafepay's ids, which identify nobody.
/// </summary>
public class PersonalDataEraser(
    IRepository<Order> orders,
    LockedOrders lockedOrders,
    PaymentRecordStore recordStore,
    FollowUpList followUpList,
    OrderNotesAndLog notesAndLog) : IFollowUpStep
{
    int IFollowUpStep.Position => 9;

    /// <summary>
    /// Erases the data of all orders of one customer, including those that are marked as deleted. An order that cannot be changed gets a warning in the log, because the deletion in the
    /// shop is final.
    /// </summary>
    public async Task EraseAsync(int customerId, CancellationToken cancellationToken)
    {
        if (customerId <= 0)
            return;

        // nopCommerce's search does not return deleted orders.
        foreach (var order in await orders.GetAllAsync(query => query.Where(order => order.CustomerId == customerId && order.PaymentMethodSystemName == MultiSafepayDefaults.SystemName)))
        {
            try
            {
                await lockedOrders.RunAsync(order, EraseAsync, cancellationToken);
            }
            catch (Exception exception) when (exception is OrderBusyException or JsonException)
            {
                await notesAndLog.WarnAsync(FormattableString.Invariant($"order {order.Id}: the payment link of a deleted customer could not be cleared."), exception);
            }
        }
    }

    /// <summary>Whether earlier versions of an erased record are left: the shop crashed before they were deleted, or a node that had read the record before saved it once more.</summary>
    public async Task<bool> IsDueAsync(Order order, PaymentRecord record) => record.IsErased && await recordStore.HasOlderAsync(order, record);

    /// <summary>Deletes the earlier versions of an erased record.</summary>
    /// <exception cref="OrderBusyException">Another caller is working on the order.</exception>
    public Task RunAsync(Order order, CancellationToken cancellationToken) =>
        lockedOrders.RunAsync(order, locked => locked.Record.IsErased ? locked.DeleteOlderVersionsAsync() : Task.CompletedTask, cancellationToken);

    private async Task EraseAsync(LockedOrder locked)
    {
        if (locked.Record.Attempts.Count == 0)
            return;

        // Added before the first write, because the shop may crash between the two.
        await followUpList.TryAddWorkAsync(locked.Order.Id);
        await locked.SaveAsync(locked.Record with { IsErased = true, Attempts = [.. locked.Record.Attempts.Select(attempt => attempt.Erased())], Subscription = locked.Record.Subscription?.Erased() });
        await locked.DeleteOlderVersionsAsync();
    }
}
