using Nop.Core.Domain.Orders;
using Nop.Plugin.Payments.MultiSafepay.Payments.Notices;
using Nop.Plugin.Payments.MultiSafepay.Payments.Orders;
using Nop.Plugin.Payments.MultiSafepay.Payments.Records;
using Nop.Services.Orders;

namespace Nop.Plugin.Payments.MultiSafepay.OrderPanel.OpenPayments;

/// <summary>
/// Finds what is open, in all stores. It takes five queries at most, however many orders the shop has: it looks at the alerts and at the orders that the scheduled task looks at within a day,
/// up to a limit, and asks MultiSafepay nothing. An authorisation, a payment under review, open work and failures are all among these (<see cref="FollowUpList.SoonAsync"/>).
/// </summary>
public class OpenAffairs(FollowUpList followUpList, MerchantAlerts alerts, PaymentRecordStore recordStore, IOrderService orderService, TimeProvider timeProvider)
{
    /// <summary>The maximum number of rows of each kind of follow-up that are looked at, and of affairs that are shown. No source; chosen.</summary>
    public const int Most = 500;

    /// <summary>Reads what is open.</summary>
    /// <returns>First what has an end, soonest first, then the rest, longest open first; and whether there may be more.</returns>
    public async Task<(IReadOnlyList<OpenAffair> Affairs, bool HasMore)> ReadAsync()
    {
        var open = await alerts.OpenAsync();
        var work = await followUpList.SoonAsync(FollowUpKind.OpenWork, Most);
        var compared = await followUpList.SoonAsync(FollowUpKind.Comparison, Most);
        int[] ids = [.. open.Select(alert => alert.OrderId).Concat(work.Concat(compared).Select(row => row.OrderId)).Distinct()];
        var orders = ids.Length == 0 ? [] : (await orderService.GetOrdersByIdsAsync(ids)).Where(order => order.IsOurs()).ToDictionary(order => order.Id);
        var records = await recordStore.LoadAsync(orders.Keys);

        var now = timeProvider.GetUtcNow().UtcDateTime;
        var ofOrders = orders.Values.SelectMany(order => records.TryGetValue(order.Id, out var record) ? OpenAffair.Of(order, record, now) : []).ToList();
        List<OpenAffair> affairs =
        [
            .. open.Select(alert => OfAlert(alert, orders.GetValueOrDefault(alert.OrderId), ofOrders)),
            .. ofOrders.Where(affair => !IsAlerted(affair, open)),
            .. work.Concat(compared).Where(row => row.FailedTries >= OpenAffair.LeastFailures).GroupBy(row => row.OrderId).Where(rows => orders.ContainsKey(rows.Key))
                .Select(rows => OfFailure(orders[rows.Key], rows.MaxBy(row => row.FailedTries)!))
        ];
        return ([.. affairs.OrderBy(affair => affair.UntilUtc is null).ThenBy(affair => affair.UntilUtc ?? affair.SinceUtc).ThenBy(affair => affair.OrderId).Take(Most)],
            open.Count == MerchantAlerts.MaxShown || work.Count == Most || compared.Count == Most || affairs.Count > Most);
    }

    // The alert about a shipment has the end of the payment that it is about, and the payment has no line of its own.
    private static bool IsAlerted(OpenAffair affair, IReadOnlyList<MerchantAlert> alerts) =>
        affair.Kind == AffairKind.Shipment && alerts.Any(alert => alert.OrderId == affair.OrderId && alert.Kind == MerchantAlerts.ShipmentDue);

    private static OpenAffair OfAlert(MerchantAlert alert, Order? order, IReadOnlyList<OpenAffair> affairs) =>
        new(AffairKind.Alert, alert.OrderId, alert.OrderNumber, order?.StoreId ?? 0, alert.RaisedUtc)
        {
            Alert = alert,
            UntilUtc = affairs.FirstOrDefault(affair => IsAlerted(affair, [alert]))?.UntilUtc
        };

    private static OpenAffair OfFailure(Order order, MultiSafepayFollowUp row) =>
        new(AffairKind.Failure, order.Id, order.CustomOrderNumber, order.StoreId, row.DueOnUtc) { FailedTries = row.FailedTries };
}
