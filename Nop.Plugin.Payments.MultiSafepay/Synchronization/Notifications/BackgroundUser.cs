using Nop.Core;
using Nop.Services.Customers;

namespace Nop.Plugin.Payments.MultiSafepay.Synchronization.Notifications;

/// <summary>
/// The customer in whose name a notification changes an order. nopCommerce asks for the current customer while it works on an order, and would create a guest for a caller without a cookie.
/// It must never be the order's own customer, because the response would then contain that customer's cookie.
/// </summary>
public class BackgroundUser(IWorkContext workContext, ICustomerService customerService)
{
    /// <summary>Makes nopCommerce's user for background tasks the current customer.</summary>
    public async Task ActAsync() => await workContext.SetCurrentCustomerAsync(await customerService.GetOrCreateBackgroundTaskUserAsync());
}
