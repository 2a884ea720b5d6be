using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using Nop.Core.Domain.Common;
using Nop.Core.Domain.Orders;
using Nop.Plugin.Payments.MultiSafepay.Payments.Records;

namespace Nop.Plugin.Payments.MultiSafepay.Payments.Notices;

/// <summary>A payment that needs the owner.</summary>
/// <param name="OrderId">The order's id in nopCommerce.</param>
/// <param name="OrderNumber">The order's number, as the owner knows it.</param>
/// <param name="Kind">What happened: the name of the order note that tells of it.</param>
/// <param name="RaisedUtc">When, in UTC.</param>
public sealed record MerchantAlert(int OrderId, string OrderNumber, string Kind, DateTime RaisedUtc)
{
    /// <summary>Names the alert among the others: an order has one of each kind.</summary>
    [JsonIgnore]
    public string Id => MerchantAlerts.IdOf(OrderId, Kind);
}

/// <summary>
/// The payments that wait for the owner: shown as system warnings and on the configuration page until the owner dismisses them. Each alert is a generic
/// attribute of its own, so that two that are raised at the same moment cannot overwrite each other, and reading them all is one query.
/// </summary>
public class MerchantAlerts(ShopAttributes attributes, OrderNotesAndLog notesAndLog, TimeProvider timeProvider)
{
    /// <summary>How many alerts are kept; the oldest go first. The order notes stay.</summary>
    public const int MaxAlerts = 50;

    /// <summary>The kind of alert for a refund that could not be made; there is no order note of that name.</summary>
    public const string RefundFailed = nameof(RefundFailed);

    private const string KeyPrefix = "MultiSafepay.Alert.";

    /// <summary>Raises an alert. The same kind for the same order is one alert. It does not throw: what only tells must not keep money from being booked.</summary>
    /// <returns>Whether it was raised; if not, the log says why.</returns>
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

    /// <summary>The alerts that are not dismissed, latest first.</summary>
    public async Task<IReadOnlyList<MerchantAlert>> OpenAsync() =>
        [.. (await RowsAsync()).Select(row => row.Alert).DistinctBy(alert => alert.Id).OrderByDescending(alert => alert.RaisedUtc)];

    /// <summary>Forgets an order's alert of this kind, if there is one. It does not throw: the alert stays then, and the log says why.</summary>
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

    /// <summary>Forgets an alert, if it is still there.</summary>
    public Task DismissAsync(string id) => DeleteAsync(alert => alert.Id == id);

    /// <summary>Forgets all alerts.</summary>
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
