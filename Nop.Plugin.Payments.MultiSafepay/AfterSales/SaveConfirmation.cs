using Nop.Core.Domain.Orders;
using Nop.Plugin.Payments.MultiSafepay.Payments.Notices;
using Nop.Plugin.Payments.MultiSafepay.Payments.Orders;
using Nop.Plugin.Payments.MultiSafepay.Payments.Records;

namespace Nop.Plugin.Payments.MultiSafepay.AfterSales;

/// <summary>Hears that nopCommerce has saved what it was handed (<see cref="PendingSave"/>), and lets the notifications that wait for it in.</summary>
public class SaveConfirmation(LockedOrders lockedOrders, OrderNotesAndLog notesAndLog)
{
    /// <summary>Takes note. It does not throw: what is missed here is found out when the time for it is over.</summary>
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
