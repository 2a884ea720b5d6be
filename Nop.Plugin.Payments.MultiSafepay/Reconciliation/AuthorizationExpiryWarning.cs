using System.Globalization;
using Nop.Core.Domain.Orders;
using Nop.Plugin.Payments.MultiSafepay.AfterSales;
using Nop.Plugin.Payments.MultiSafepay.Payments.Notices;
using Nop.Plugin.Payments.MultiSafepay.Payments.Records;
using Nop.Plugin.Payments.MultiSafepay.Payments.Stores;
using Nop.Plugin.Payments.MultiSafepay.Payments.Transactions;

namespace Nop.Plugin.Payments.MultiSafepay.Reconciliation;

/// <summary>
/// Warns the owner before a payment expires (<see cref="PaymentAttempt.AuthorizedUntilUtc"/>): a card authorisation that was not captured, or a pay-later payment that was accepted and not
/// reported as shipped.
/// </summary>
public class AuthorizationExpiryWarning(LockedOrders lockedOrders, StoreSettings storeSettings, MerchantAlerts alerts, OrderNotesAndLog notesAndLog, TimeProvider timeProvider)
{
    /// <summary>Whether the owner is to be warned now. A pay-later payment may have been shipped in the dashboard, so MultiSafepay is to be asked before.</summary>
    public async Task<bool> IsDueAsync(Order order, PaymentRecord record) => await DueUtcAsync(order, record) <= timeProvider.GetUtcNow().UtcDateTime;

    /// <summary>When the owner is to be warned, in UTC; null if nothing expires, or the owner was warned.</summary>
    public async Task<DateTime?> DueUtcAsync(Order order, PaymentRecord record) => Ending(order, record) is var (end, isShipment)
        ? end.AddDays(-Days((await storeSettings.ForStoreAsync(order.StoreId)).AuthorizationWarningDays, isShipment))
        : null;

    /// <summary>Writes an order note and a warning to the log if the order's payment is about to expire, once for each expiry time; the owner of a pay-later payment is alerted.</summary>
    /// <exception cref="AfterSalesException">The order is being changed; the warning is retried later.</exception>
    /// <exception cref="Payments.Orders.OrderBusyException">Another caller is working on the order; the warning is retried later.</exception>
    public Task WarnAsync(Order order, CancellationToken cancellationToken) =>
        lockedOrders.RunOperationAsync(order, mustBeUnchanged: false, async locked =>
        {
            if (!await IsDueAsync(locked.Order, locked.Record) || Ending(locked.Order, locked.Record) is not var (end, isShipment))
                return false;

            // The note is written before it is recorded: after a crash in between it is written twice, which is better than never.
            if (isShipment && !await alerts.RaiseAsync(locked.Order, MerchantAlerts.ShipmentDue))
                return false;
            if (!await notesAndLog.NoteAsync(locked.Order, isShipment ? "ShipmentDue" : "AuthorizationEnds", end.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture)))
                return false;
            await notesAndLog.WarnAsync(isShipment
                ? FormattableString.Invariant($"order {order.Id}: its payment expires at {end:u} unless it is reported as shipped.")
                : FormattableString.Invariant($"order {order.Id}: its authorisation ends at {end:u}. Capture it before, or the money is lost."));
            await locked.SaveAsync(locked.Record.With(AppliedEvents.AuthorizationEnds(end)));
            return true;
        }, cancellationToken);

    private static int Days(int chosen, bool isShipment) => isShipment ? Math.Max(chosen, ShipmentDeadlines.LeastDaysToShip) : chosen;

    // The payment that the owner is to be warned of.
    private static ExpiringPayment? Ending(Order order, PaymentRecord record) =>
        ExpiringPayment.Of(order, record) is { } expiring && !record.Has(AppliedEvents.AuthorizationEnds(expiring.EndUtc)) ? expiring : null;
}
