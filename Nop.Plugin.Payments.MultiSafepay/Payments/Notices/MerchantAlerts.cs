using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using Nop.Core.Domain.Common;
using Nop.Core.Domain.Orders;
using Nop.Plugin.Payments.MultiSafepay.Payments.Records;

namespace Nop.Plugin.Payments.MultiSafepay.Payments.Notices;

/// <summary>A payment that requires the owner's attention.</summary>
/// <param name="OrderId">The order's id in nopCommerce.</param>
/// <param name="OrderNumber">The order number that the owner sees.</param>
/// <param name="Kind">What happened: the name of the order note about it, or <see cref="MerchantAlerts.RefundFailed"/>.</param>
/// <param name="RaisedUtc">When the alert was raised, in UTC.</param>
public sealed record MerchantAlert(int OrderId, string OrderNumber, string Kind, DateTime RaisedUtc)
{
    /// <summary>Identifies the alert: an order has at most one of each kind.</summary>
    [JsonIgnore]
    public string Id => MerchantAlerts.IdOf(OrderId, Kind);
}

/// <summary>
/// The alerts about payments that require the owner. They are shown as system warnings and on the configuration page until the owner dismisses them. Each alert is a generic
/// attribute of its own, so two alerts that are raised at the same time cannot overwrite each other, and one query reads them all.
/// </summary>
public class MerchantAlerts(ShopAttributes attributes, OrderNotesAndLog notesAndLog, TimeProvider timeProvider)
{
    /// <summary>The number of alerts that are kept. The oldest are deleted first; their order notes remain.</summary>
    public const int MaxAlerts = 50;

    /// <summary>The kind of an alert about a refund that failed. No order note has this name.</summary>
    public const string RefundFailed = nameof(RefundFailed);

    private const string KeyPrefix = "MultiSafepay.Alert.";

    /// <summary>
    /// Raises an alert; the same kind for the same order stays one alert. Never throws, because an alert that cannot be written must not prevent a payment from being booked.
    /// </summary>
    /// <returns>Whether the alert was raised; if not, the reason is in the log.</returns>
    public async Task<bool> RaiseAsync(Order order, string kind)
    {
        try
        {
            var number = string.IsNullOrEmpty(order.CustomOrderNumber) ? order.Id.ToString(CultureInfo.InvariantCulture) : order.CustomOrderNumber;
            var alert = new MerchantAlert(order.Id, number, kind, timeProvider.GetUtcNow().UtcDateTime);
            await attributes.SaveAsync(KeyPrefix + alert.Id, JsonSerializer.Serialize(alert, StoredJson.Options));
            foreach (var (row, _) in (await RowsAsync()).OrderByDescending(row => row.Alert.RaisedUtc).Skip(MaxAlerts))
                await attributes.DeleteAsync(row);
            return true;
        }
        catch (Exception exception)
        {
            await notesAndLog.ErrorAsync(FormattableString.Invariant($"order {order.Id}: the owner's alert {kind} could not be raised."), exception);
            return false;
        }
    }

    /// <summary>The alerts that have not been dismissed, newest first.</summary>
    public async Task<IReadOnlyList<MerchantAlert>> OpenAsync() =>
        [.. (await RowsAsync()).Select(row => row.Alert).DistinctBy(alert => alert.Id).OrderByDescending(alert => alert.RaisedUtc)];

    /// <summary>Removes an order's alert of this kind, if there is one. Never throws; on failure, the alert remains and the reason is in the log.</summary>
    public async Task DismissAsync(Order order, string kind)
    {
        try
        {
            await DismissAsync(IdOf(order.Id, kind));
        }
        catch (Exception exception)
        {
            await notesAndLog.ErrorAsync(FormattableString.Invariant($"order {order.Id}: the owner's alert {kind} could not be dismissed."), exception);
        }
    }

    /// <summary>Removes an alert, if it still exists.</summary>
    public Task DismissAsync(string id) => DeleteAsync(alert => alert.Id == id);

    /// <summary>Removes all alerts.</summary>
    public Task DismissAllAsync() => DeleteAsync(_ => true);

    internal static string IdOf(int orderId, string kind) => FormattableString.Invariant($"{orderId}.{kind}");

    private async Task DeleteAsync(Func<MerchantAlert, bool> match)
    {
        foreach (var (row, _) in (await RowsAsync()).Where(row => match(row.Alert)))
            await attributes.DeleteAsync(row);
    }

    private async Task<IReadOnlyList<(GenericAttribute Row, MerchantAlert Alert)>> RowsAsync() =>
        [.. (await attributes.ListAsync(KeyPrefix)).Select(row => (Row: row, Alert: Read(row.Value))).Where(row => row.Alert is not null).Select(row => (row.Row, row.Alert!))];

    private static MerchantAlert? Read(string? json)
    {
        try
        {
            return string.IsNullOrEmpty(json) ? null : JsonSerializer.Deserialize<MerchantAlert>(json, StoredJson.Options);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
