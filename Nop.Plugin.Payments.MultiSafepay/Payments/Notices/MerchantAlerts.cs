using System.Data.Common;
using System.Globalization;
using Nop.Core.Domain.Orders;
using Nop.Data;

namespace Nop.Plugin.Payments.MultiSafepay.Payments.Notices;

/// <summary>A payment that requires the owner's attention.</summary>
/// <param name="OrderId">The order's id in nopCommerce.</param>
/// <param name="OrderNumber">The order number that the owner sees.</param>
/// <param name="Kind">What happened: the name of the order note about it, or <see cref="MerchantAlerts.RefundFailed"/>.</param>
/// <param name="RaisedUtc">When the alert was raised, in UTC.</param>
public sealed record MerchantAlert(int OrderId, string OrderNumber, string Kind, DateTime RaisedUtc)
{
    /// <summary>Identifies the alert: an order has at most one of each kind.</summary>
    public string Id => FormattableString.Invariant($"{OrderId}.{Kind}");

    /// <summary>The key of the sentence about it below <see cref="MultiSafepayDefaults.ResourcePrefix"/>. An alert without a sentence of its own refers the owner to the order notes.</summary>
    public string Text => Kind switch
    {
        "PaidAfterCancellation" or "AuthorizedAfterCancellation" or "PaidAfterVoid" => "Alert.PaidAfterCancellation",
        "PaidAfterCancellationRefunded" => "Alert.PaidAfterCancellationRefunded",
        "SecondPayment" => "Alert.SecondPayment",
        "PaidByHandBefore" => "Alert.PaidByHandBefore",
        "PaidByHandStillHeld" => "Alert.PaidByHandStillHeld",
        "PaymentLost" => "Alert.PaymentLost",
        "PaidTooMuch" or "PaidTooLittle" or "CapturedLess" => "Alert.OtherTotal",
        "LinkOfOtherKey" => "Alert.LinkOfOtherKey",
        "CancelledStillHeld" => "Alert.CancelledStillHeld",
        "RefundOfDeleted" => "Alert.RefundOfDeleted",
        "Overwritten" => "Alert.Overwritten",
        "WrongAmount" => "Alert.WrongAmount",
        "Chargeback" => "Alert.Chargeback",
        "ChargebackReversed" or "ChargebackReversedBooked" or "ChargebackReversedCancelled" => "Alert.ChargebackReversed",
        "PartNotTold" => "Alert.PartNotTold",
        "ShippedLess" => "Alert.ShippedLess",
        "RestNotShipped" => "Alert.RestNotShipped",
        "Subscription.NoDetails" => "Alert.Subscription.NoDetails",
        "Subscription.Failed" => "Alert.Subscription.Failed",
        "Subscription.NotMade" => "Alert.Subscription.NotMade",
        "Subscription.OtherEnvironment" => "Alert.Subscription.OtherEnvironment",
        MerchantAlerts.ShipmentDue => "Alert.ShipmentDue",
        MerchantAlerts.RefundFailed or "RefundOff" => "Alert.RefundFailed",
        _ => "Alert.Other"
    };
}

/// <summary>The alerts about payments that require the owner. They are shown as system warnings and on the configuration page until the owner dismisses them.</summary>
public class MerchantAlerts(IRepository<MultiSafepayAlert> rows, OrderNotesAndLog notesAndLog, TimeProvider timeProvider)
{
    /// <summary>The number of alerts that are shown, the latest. Earlier ones are shown when later ones have been dismissed.</summary>
    public const int MaxShown = 50;

    /// <summary>The kind of an alert about a refund that failed. No order note has this name.</summary>
    public const string RefundFailed = nameof(RefundFailed);

    /// <summary>The kind of an alert about a pay-later payment that expires unless it is reported as shipped.</summary>
    public const string ShipmentDue = nameof(ShipmentDue);

    /// <summary>
    /// Raises an alert; the same kind for the same order stays one alert. Never throws, because an alert that cannot be written must not prevent a payment from being booked.
    /// </summary>
    /// <returns>Whether the alert was raised; if not, the reason is in the log.</returns>
    public async Task<bool> RaiseAsync(Order order, string kind)
    {
        try
        {
            var number = string.IsNullOrEmpty(order.CustomOrderNumber) ? order.Id.ToString(CultureInfo.InvariantCulture) : order.CustomOrderNumber;
            await RaiseAsync(order.StoreId, new MerchantAlert(order.Id, number, kind, timeProvider.GetUtcNow().UtcDateTime));
            return true;
        }
        catch (Exception exception)
        {
            await notesAndLog.ErrorAsync(FormattableString.Invariant($"order {order.Id}: the owner's alert {kind} could not be raised."), exception);
            return false;
        }
    }

    /// <summary>Raises an alert that was raised before, such as by an earlier build of the plugin.</summary>
    /// <param name="storeId">The store of the order; 0 if it is not known.</param>
    /// <param name="alert">The alert.</param>
    public async Task RaiseAsync(int storeId, MerchantAlert alert)
    {
        var row = new MultiSafepayAlert
        {
            StoreId = storeId,
            OrderId = alert.OrderId,
            OrderNumber = Limit(alert.OrderNumber, AlertTableMigration.MaxOrderNumberLength),
            Kind = Limit(alert.Kind, AlertTableMigration.MaxKindLength),
            RaisedOnUtc = alert.RaisedUtc
        };
        try
        {
            await rows.InsertAsync(row, publishEvent: false);
        }
        catch (DbException)
        {
            // The unique index: the alert is there already. Databases report that in different ways, so the table is asked.
            var (orderId, kind) = (row.OrderId, row.Kind);
            if ((await rows.GetAllAsync(query => query.Where(other => other.OrderId == orderId && other.Kind == kind))).Count == 0)
                throw;
        }
    }

    /// <summary>The latest alerts that have not been dismissed, newest first.</summary>
    public async Task<IReadOnlyList<MerchantAlert>> OpenAsync() =>
        [.. (await rows.GetAllAsync(query => query.OrderByDescending(row => row.RaisedOnUtc).ThenByDescending(row => row.Id).Take(MaxShown)))
            .Select(row => new MerchantAlert(row.OrderId, row.OrderNumber, row.Kind, row.RaisedOnUtc))];

    /// <summary>Removes an order's alert of this kind, if there is one. Never throws; on failure, the alert remains and the reason is in the log.</summary>
    public async Task DismissAsync(Order order, string kind)
    {
        try
        {
            await DismissAsync(order.Id, kind);
        }
        catch (Exception exception)
        {
            await notesAndLog.ErrorAsync(FormattableString.Invariant($"order {order.Id}: the owner's alert {kind} could not be dismissed."), exception);
        }
    }

    /// <summary>Removes an alert, if it still exists.</summary>
    /// <param name="id">Its <see cref="MerchantAlert.Id"/>.</param>
    public Task DismissAsync(string? id) => id?.Split('.', 2) is [var number, var kind] && int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var orderId)
        ? DismissAsync(orderId, kind)
        : Task.CompletedTask;

    /// <summary>Removes all alerts.</summary>
    public Task DismissAllAsync() => rows.DeleteAsync(row => row.Id > 0);

    private Task DismissAsync(int orderId, string kind) => rows.DeleteAsync(row => row.OrderId == orderId && row.Kind == kind);

    // The columns that nopCommerce's MySQL provider creates take no characters beyond the basic plane, such as emoji (utf8mb3, seen in MariaDB 10.11).
    private static string Limit(string text, int length)
    {
        text = string.Concat(text.Select(character => char.IsSurrogate(character) ? '?' : character));
        return text.Length <= length ? text : text[..length];
    }
}
