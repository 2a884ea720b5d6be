using System.Globalization;
using Nop.Core.Domain.Orders;
using Nop.Core.Domain.Payments;
using Nop.Plugin.Payments.MultiSafepay.AfterSales;
using Nop.Plugin.Payments.MultiSafepay.Payments.Notices;
using Nop.Plugin.Payments.MultiSafepay.Payments.Records;
using Nop.Plugin.Payments.MultiSafepay.Payments.Stores;

namespace Nop.Plugin.Payments.MultiSafepay.Reconciliation;

/// <summary>Warns the owner before a card authorisation expires (<see cref="PaymentAttempt.AuthorizedUntilUtc"/>).</summary>
public class AuthorizationExpiryWarning(LockedOrders lockedOrders, StoreSettings storeSettings, OrderNotesAndLog notesAndLog, TimeProvider timeProvider)
{
    /// <summary>Writes an order note and a warning to the log if the order's authorisation is about to expire, once for each expiry time.</summary>
    /// <exception cref="AfterSalesException">The order is being changed; the warning is retried later.</exception>
    /// <exception cref="Payments.Orders.OrderBusyException">Another caller is working on the order; the warning is retried later.</exception>
    public async Task WarnAsync(Order order, PaymentRecord record, CancellationToken cancellationToken)
    {
        if (order is not { PaymentStatus: PaymentStatus.Authorized, OrderStatus: not OrderStatus.Cancelled } || End(record) is null)
            return;
        var days = (await storeSettings.ForStoreAsync(order.StoreId)).AuthorizationWarningDays;
        if (!IsNear(record, days))
            return;

        await lockedOrders.RunOperationAsync(order, mustBeUnchanged: false, async locked =>
        {
            if (locked.Order.PaymentStatus != PaymentStatus.Authorized || !IsNear(locked.Record, days) || End(locked.Record) is not { } end)
                return false;

            // The note is written before it is recorded: after a crash in between it is written twice, which is better than never.
            if (!await notesAndLog.NoteAsync(locked.Order, "AuthorizationEnds", end.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture)))
                return false;
            await notesAndLog.WarnAsync(FormattableString.Invariant($"order {order.Id}: its authorisation ends at {end:u}. Capture it before, or the money is lost."));
            await locked.SaveAsync(locked.Record.With(AppliedEvents.AuthorizationEnds(end)));
            return true;
        }, cancellationToken);
    }

    private bool IsNear(PaymentRecord record, int days) => End(record) is { } end
        && !record.Has(AppliedEvents.AuthorizationEnds(end)) && end - timeProvider.GetUtcNow().UtcDateTime <= TimeSpan.FromDays(days);

    private static DateTime? End(PaymentRecord record) => record.Attempts.LastOrDefault(attempt => attempt.AuthorizedUntilUtc is not null)?.AuthorizedUntilUtc;
}
