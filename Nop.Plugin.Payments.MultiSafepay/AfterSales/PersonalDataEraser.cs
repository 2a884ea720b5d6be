using System.Text.Json;
using Nop.Plugin.Payments.MultiSafepay.Payments.Notices;
using Nop.Plugin.Payments.MultiSafepay.Payments.Orders;
using Nop.Plugin.Payments.MultiSafepay.Payments.Records;
using Nop.Services.Orders;

namespace Nop.Plugin.Payments.MultiSafepay.AfterSales;

/// <summary>
/// Erases the customer's personal data from the payment records: the payment links, whose pages show what the customer bought, and the last
/// digits of cards. Data that the shop must keep for its accounts remains: amounts, times and MultiSafepay's ids, which identify nobody.
/// </summary>
public class PersonalDataEraser(IOrderService orderService, LockedOrders lockedOrders, OrderNotesAndLog notesAndLog)
{
    /// <summary>Erases the data of all orders of one customer. An order that cannot be changed gets a warning in the log, because the deletion in the shop is final.</summary>
    public async Task EraseAsync(int customerId, CancellationToken cancellationToken)
    {
        if (customerId <= 0)
            return;
        foreach (var order in await orderService.SearchOrdersAsync(customerId: customerId, paymentMethodSystemName: MultiSafepayDefaults.SystemName))
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

    private static async Task EraseAsync(LockedOrder locked)
    {
        if (locked.Record.Attempts.Count == 0)
            return;
        await locked.SaveAsync(locked.Record with { Attempts = [.. locked.Record.Attempts.Select(Erased)] });
        await locked.DeleteOlderVersionsAsync();
    }

    private static PaymentAttempt Erased(PaymentAttempt attempt) =>
        attempt with { PaymentUrl = null, Means = attempt.Means is null ? null : [.. attempt.Means.Select(means => means with { Last4 = null })] };
}
