using Nop.Core.Domain.Orders;
using Nop.Plugin.Payments.MultiSafepay.Payments.Notices;
using Nop.Plugin.Payments.MultiSafepay.Payments.Orders;
using Nop.Plugin.Payments.MultiSafepay.Payments.Records;

namespace Nop.Plugin.Payments.MultiSafepay.AfterSales;

/// <summary>
/// Notices that nopCommerce has saved the result that it was given (<see cref="PendingSave"/>), so that notifications that wait for this can be applied.
/// </summary>
public class SaveConfirmation(LockedOrders lockedOrders, OrderNotesAndLog notesAndLog)
{
    /// <summary>
    /// Settles the pending save of an order that nopCommerce has saved. Never throws unless it is cancelled; a pending save that is missed here is settled later, at the latest when it is overdue.
    /// </summary>
    public async Task ConfirmAsync(Order order, CancellationToken cancellationToken)
    {
        if (!order.IsPlacedWithPlugin())
            return;
        try
        {
            if ((await lockedOrders.RecordAsync(order)).PendingSave is not null)
                await lockedOrders.RunAsync(order, locked => locked.SettlePendingSaveAsync(), cancellationToken);
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            await notesAndLog.WarnAsync(FormattableString.Invariant($"order {order.Id}: it could not be remembered yet that nopCommerce has saved the order. {exception.Message}"),
                exception is OrderBusyException ? null : exception);
        }
    }
}
