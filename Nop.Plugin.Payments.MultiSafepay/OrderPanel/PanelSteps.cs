using Nop.Core.Domain.Orders;
using Nop.Plugin.Payments.MultiSafepay.Payments.Notices;
using Nop.Plugin.Payments.MultiSafepay.Payments.Records;

namespace Nop.Plugin.Payments.MultiSafepay.OrderPanel;

/// <summary>Records what a button of the panel did, for the timeline.</summary>
public class PanelSteps(LockedOrders lockedOrders, OrderNotesAndLog notesAndLog)
{
    /// <summary>Records a step together with what the button changes in the record.</summary>
    /// <param name="order">The order.</param>
    /// <param name="kind">One of <see cref="RecordedStep.Kinds"/>.</param>
    /// <param name="change">The change.</param>
    /// <exception cref="Payments.Orders.OrderBusyException">Another caller is working on the order.</exception>
    public Task SaveAsync(Order order, string kind, Func<PaymentRecord, PaymentRecord> change) =>
        lockedOrders.RunAsync(order, locked => locked.SaveAsync(change(locked.Record).With(locked.Step(kind))), CancellationToken.None);

    /// <summary>Records a step. Never throws, because the button has done its work: without the step, only its line is missing in the timeline.</summary>
    /// <param name="order">The order.</param>
    /// <param name="kind">One of <see cref="RecordedStep.Kinds"/>.</param>
    public async Task TrySaveAsync(Order order, string kind)
    {
        try
        {
            await SaveAsync(order, kind, record => record);
        }
        catch (Exception exception)
        {
            await notesAndLog.WarnAsync(FormattableString.Invariant($"order {order.Id}: {kind} could not be recorded for the timeline. {exception.Message}"));
        }
    }
}
