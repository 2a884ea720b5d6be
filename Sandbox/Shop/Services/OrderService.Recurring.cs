using Nop.Core;
using Nop.Core.Domain.Customers;
using Nop.Core.Domain.Orders;
using Nop.Core.Events;
using Sandbox.Shop.Data;

namespace Sandbox.Shop.Services;

/// <content>Orders that are repeated at intervals, and the orders that came of them.</content>
internal sealed partial class OrderService
{
    /// <summary>nopCommerce remembers the row until it is changed, which happens here only: reading it afresh comes to the same.</summary>
    public Task<RecurringPayment?> GetRecurringPaymentByIdAsync(int recurringPaymentId) => database.FindAsync<RecurringPayment>(recurringPaymentId);

    public async Task InsertRecurringPaymentAsync(RecurringPayment recurringPayment)
    {
        await database.InsertAsync(recurringPayment);
        await events.PublishAsync(new EntityInsertedEvent<RecurringPayment>(recurringPayment));
    }

    public async Task UpdateRecurringPaymentAsync(RecurringPayment recurringPayment)
    {
        await database.UpdateAsync(recurringPayment);
        await events.PublishAsync(new EntityUpdatedEvent<RecurringPayment>(recurringPayment));
    }

    /// <summary>Marks the row as deleted: it stays, and what it has made stays.</summary>
    public async Task DeleteRecurringPaymentAsync(RecurringPayment recurringPayment)
    {
        recurringPayment.Deleted = true;
        await database.UpdateAsync(recurringPayment);
        await events.PublishAsync(new EntityDeletedEvent<RecurringPayment>(recurringPayment));
    }

    public async Task<IList<RecurringPaymentHistory>> GetRecurringPaymentHistoryAsync(RecurringPayment recurringPayment) =>
        await database.ListAsync(Indexes.HistoryOfRecurringPayment, recurringPayment.Id);

    public async Task InsertRecurringPaymentHistoryAsync(RecurringPaymentHistory recurringPaymentHistory)
    {
        await database.InsertAsync(recurringPaymentHistory);
        await events.PublishAsync(new EntityInsertedEvent<RecurringPaymentHistory>(recurringPaymentHistory));
    }

    /// <summary>
    /// The recurring payments that are going on, the one that began first in front. With what is hidden: also those that have ended, and those whose initial order or customer is deleted.
    /// A recurring payment that is deleted itself is never found.
    /// </summary>
    public async Task<IPagedList<RecurringPayment>> SearchRecurringPaymentsAsync(int storeId = 0, int customerId = 0, int initialOrderId = 0, OrderStatus? initialOrderStatus = null,
        int pageIndex = 0, int pageSize = int.MaxValue, bool showHidden = false)
    {
        var candidates = await database.ListAsync<RecurringPayment>(payment => !payment.Deleted && (showHidden || payment.IsActive)
            && (initialOrderId == 0 || payment.InitialOrderId == initialOrderId));
        var initial = (await database.FindAsync<Order>([.. candidates.Select(payment => payment.InitialOrderId).Distinct()])).Where(order => (showHidden || !order.Deleted)
            && (customerId == 0 || order.CustomerId == customerId)
            && (storeId == 0 || order.StoreId == storeId)
            && (initialOrderStatus is null or 0 || order.OrderStatus == initialOrderStatus)).ToDictionary(order => order.Id);
        var customers = (await database.FindAsync<Customer>([.. initial.Values.Select(order => order.CustomerId).Distinct()]))
            .Where(customer => showHidden || !customer.Deleted).Select(customer => customer.Id).ToHashSet();

        var found = candidates.Where(payment => initial.TryGetValue(payment.InitialOrderId, out var order) && customers.Contains(order.CustomerId))
            .OrderBy(payment => payment.StartDateUtc).ThenBy(payment => payment.Id).ToList();
        var page = found.Skip((int)Math.Min((long)pageIndex * pageSize, int.MaxValue)).Take(pageSize).ToList();
        return new PagedList<RecurringPayment>(page, pageIndex, pageSize, found.Count);
    }
}
