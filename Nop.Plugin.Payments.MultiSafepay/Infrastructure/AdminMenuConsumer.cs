using Nop.Core;
using Nop.Services.Events;
using Nop.Services.Localization;
using Nop.Services.Security;
using Nop.Web.Framework.Events;
using Nop.Web.Framework.Menu;

namespace Nop.Plugin.Payments.MultiSafepay.Infrastructure;

/// <summary>Adds the pages of open payments and of subscriptions to the admin's menu, below nopCommerce's sales.</summary>
public class AdminMenuConsumer(ILocalizationService localizationService, IWorkContext workContext) : IConsumer<AdminMenuCreatedEvent>
{
    // The system name of nopCommerce's menu of orders.
    private const string Sales = "Sales";

    /// <inheritdoc/>
    public async Task HandleEventAsync(AdminMenuCreatedEvent eventMessage)
    {
        if ((await workContext.GetCurrentCustomerAsync()).VendorId > 0)
            return;

        var menu = new AdminMenuItem
        {
            SystemName = MultiSafepayDefaults.SystemName,
            Title = "MultiSafepay",
            IconClass = "far fa-credit-card",
            ChildNodes =
            [
                new AdminMenuItem
                {
                    SystemName = $"{MultiSafepayDefaults.SystemName}.Open",
                    Title = await localizationService.GetResourceAsync($"{MultiSafepayDefaults.ResourcePrefix}.Configuration.Alerts"),
                    Url = eventMessage.GetMenuItemUrl("MultiSafepayPayments", "List"),
                    IconClass = "far fa-dot-circle",
                    PermissionNames = [StandardPermission.Orders.ORDERS_VIEW]
                },
                new AdminMenuItem
                {
                    SystemName = $"{MultiSafepayDefaults.SystemName}.Subscriptions",
                    Title = await localizationService.GetResourceAsync($"{MultiSafepayDefaults.ResourcePrefix}.Subscriptions"),
                    Url = eventMessage.GetMenuItemUrl("MultiSafepaySubscriptions", "List"),
                    IconClass = "far fa-dot-circle",
                    PermissionNames = [StandardPermission.Orders.RECURRING_PAYMENTS_VIEW]
                }
            ]
        };
        if (!eventMessage.RootMenuItem.InsertAfter(Sales, menu))
            eventMessage.RootMenuItem.ChildNodes.Add(menu);
    }
}
