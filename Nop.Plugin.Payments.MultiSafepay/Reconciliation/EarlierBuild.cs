using System.Text.Json;
using Nop.Core.Domain.Common;
using Nop.Core.Domain.Orders;
using Nop.Core.Domain.Stores;
using Nop.Data;
using Nop.Plugin.Payments.MultiSafepay.Payments.Notices;
using Nop.Plugin.Payments.MultiSafepay.Payments.Records;
using Nop.Services.Common;
using Nop.Services.Stores;

namespace Nop.Plugin.Payments.MultiSafepay.Reconciliation;

/// <summary>
/// Takes over what an earlier build of the plugin stored in generic attributes: the payment records of orders, the list of orders with open work, the alerts. The scheduled task does it
/// after the plugin was installed or updated, a number of orders with each run and the latest first; a notification that comes before reads the record where it is.
/// </summary>
public class EarlierBuild(
    IRepository<Order> orders,
    PaymentRecordStore recordStore,
    FollowUpList followUpList,
    MerchantAlerts alerts,
    IGenericAttributeService genericAttributeService,
    IStoreService storeService,
    OrderNotesAndLog notesAndLog,
    TimeProvider timeProvider)
{
    private const int OrdersPerRun = 1000;

    private const string FollowUpAttribute = "MultiSafepay.FollowUpList";
    private const string AlertPrefix = "MultiSafepay.Alert.";
    private const string ReportAttribute = "MultiSafepay.Reconciliation";

    /// <summary>Takes over the next orders. Never throws: what fails is logged, and tried again by the next run.</summary>
    /// <param name="from">What the last run returned; null if there was none.</param>
    /// <param name="most">The maximum number of orders.</param>
    /// <returns>The lowest id of the orders that have been taken over; 0 when all have been.</returns>
    public async Task<int?> TakeOverAsync(int? from, int most = OrdersPerRun)
    {
        if (from == 0)
            return 0;
        try
        {
            if (from is null)
                await TakeOverListsAsync();
            return await TakeOverOrdersAsync(from ?? int.MaxValue, most);
        }
        catch (Exception exception)
        {
            await notesAndLog.WarnAsync("the orders of an earlier build of the plugin could not be taken over; the next run tries again.", exception);
            return from;
        }
    }

    private async Task<int> TakeOverOrdersAsync(int below, int most)
    {
        var page = await orders.GetAllAsync(query => query
            .Where(order => order.Id < below && order.PaymentMethodSystemName == MultiSafepayDefaults.SystemName)
            .OrderByDescending(order => order.Id)
            .Take(most));
        var known = await followUpList.KnownAsync([.. page.Select(order => order.Id)], FollowUpKind.Comparison);
        foreach (var order in page)
        {
            try
            {
                await TakeOverAsync(order, isListed: known.Contains(order.Id));
            }
            catch (JsonException exception)
            {
                await notesAndLog.WarnAsync(FormattableString.Invariant($"order {order.Id}: its payment record cannot be read. {exception.Message}"));
            }
        }

        return page.Count < most ? 0 : page[^1].Id;
    }

    private async Task TakeOverAsync(Order order, bool isListed)
    {
        var record = await recordStore.LoadAsync(order);
        if (record.IsInAttribute)
        {
            try
            {
                record = await recordStore.SaveAsync(order, record);
            }
            catch (PaymentConflictException)
            {
                // A notification has moved it.
            }
        }
        else
        {
            await recordStore.ForgetAttributeAsync(order);
        }

        var now = timeProvider.GetUtcNow().UtcDateTime;
        if (isListed || ReconciliationPlan.NextUtc(order, record, now) is not { } next)
            return;
        await followUpList.AddComparisonAsync(order.Id, ReconciliationPlan.IsDue(order, record, now) ? now : next);
    }

    // Earlier builds kept the lists with the shop's first store, which may have been another one then.
    private async Task TakeOverListsAsync()
    {
        foreach (var store in await storeService.GetAllStoresAsync())
        {
            foreach (var row in await genericAttributeService.GetAttributesForEntityAsync(store.Id, nameof(Store)))
            {
                if (row.Key != FollowUpAttribute && row.Key != ReportAttribute && !row.Key.StartsWith(AlertPrefix, StringComparison.Ordinal))
                    continue;
                try
                {
                    await TakeOverAsync(store, row);
                    await genericAttributeService.DeleteAttributeAsync(row);
                }
                catch (JsonException exception)
                {
                    await notesAndLog.WarnAsync($"the attribute {row.Key} of an earlier build of the plugin cannot be read. {exception.Message}");
                }
            }
        }
    }

    private async Task TakeOverAsync(Store store, GenericAttribute row)
    {
        if (row.Key == FollowUpAttribute)
        {
            foreach (var followUp in JsonSerializer.Deserialize<List<ListedOrder>>(row.Value, StoredJson.Options) ?? [])
                await followUpList.AddWorkAsync(followUp.OrderId);
        }
        else if (row.Key != ReportAttribute && JsonSerializer.Deserialize<MerchantAlert>(row.Value, StoredJson.Options) is { Kind: not null, OrderNumber: not null } alert)
        {
            await alerts.RaiseAsync(store.Id, alert);
        }
    }

    private sealed record ListedOrder(int OrderId);
}
