using Nop.Core;
using Nop.Core.Domain.Customers;
using Nop.Core.Domain.Orders;
using Nop.Plugin.Payments.MultiSafepay.Payments.Orders;
using Nop.Plugin.Payments.MultiSafepay.Payments.Stores;
using Nop.Plugin.Payments.MultiSafepay.SavedCards;
using Nop.Services.Customers;
using Nop.Services.Orders;

namespace Nop.Plugin.Payments.MultiSafepay.Subscriptions;

/// <summary>The subscriptions of a registered customer in the current store, for the customer's account: only the customer's own, and only those that go on.</summary>
public class CustomerSubscriptions(
    SubscriptionLines lines, CustomerReferences references, StoreSettings storeSettings, IOrderService orderService, ICustomerService customerService, IStoreContext storeContext)
{
    /// <summary>
    /// Whether the account of a customer has a page for subscriptions: if the customer has one. Their orders are read only where subscriptions are sold, or if MultiSafepay may store something for the
    /// customer, because the navigation is on every page of the account.
    /// </summary>
    public async Task<bool> HaveAPageAsync(Customer? customer)
    {
        if (customer is null || !await customerService.IsRegisteredAsync(customer))
            return false;
        var settings = await storeSettings.ForStoreAsync((await storeContext.GetCurrentStoreAsync()).Id);
        if (!settings.Subscriptions && await references.FindAsync(customer.Id, settings.Environment) is null)
            return false;
        var ids = (await SearchAsync(customer)).Select(recurring => recurring.InitialOrderId).ToArray();
        return ids.Length > 0 && (await orderService.GetOrdersByIdsAsync(ids)).Any(order => order.IsOurs());
    }

    /// <summary>The subscriptions, the oldest first.</summary>
    public async Task<IReadOnlyList<SubscriptionLine>> ListAsync(Customer customer) =>
        [.. (await lines.ReadAsync([.. await SearchAsync(customer)])).Where(line => line.Summary.State != SubscriptionState.Ended)];

    private async Task<IPagedList<RecurringPayment>> SearchAsync(Customer customer) =>
        await orderService.SearchRecurringPaymentsAsync(customerId: customer.Id, storeId: (await storeContext.GetCurrentStoreAsync()).Id);
}
