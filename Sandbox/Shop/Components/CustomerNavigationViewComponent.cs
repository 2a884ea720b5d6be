using Microsoft.AspNetCore.Mvc;
using Nop.Core.Events;
using Nop.Services.Localization;
using Nop.Web.Framework.Events;
using Nop.Web.Framework.Models;
using Nop.Web.Models.Customer;
using Sandbox.Shop.Hosting;

namespace Sandbox.Shop.Components;

/// <summary>The pages of a customer's account. Plugins add theirs when they are told that the model is ready, as nopCommerce tells them about the model of every view.</summary>
[ViewComponent(Name = "CustomerNavigation")]
public sealed class CustomerNavigationViewComponent(IServiceProvider services, ILocalizationService texts) : ViewComponent
{
    /// <summary>nopCommerce's number of the page of recurring payments.</summary>
    public const int RecurringPayments = 150;

    public async Task<IViewComponentResult> InvokeAsync(int selectedTabId = 0)
    {
        var model = new CustomerNavigationModel
        {
            SelectedTab = selectedTabId,
            CustomerNavigationItems =
            [
                new() { RouteName = ShopRoutes.CustomerInfo, Title = await texts.GetResourceAsync("Shop.Account.Info"), Tab = 0, ItemClass = "customer-info" },
                new() { RouteName = "CustomerOrders", Title = await texts.GetResourceAsync("Shop.Orders"), Tab = 20, ItemClass = "customer-orders" },
                new()
                {
                    RouteName = ShopRoutes.CustomerRecurringPayments,
                    Title = await texts.GetResourceAsync("Account.CustomerRecurringPayments"),
                    Tab = RecurringPayments,
                    ItemClass = "customer-recurring-payments"
                }
            ]
        };
        await services.GetRequiredService<IEventPublisher>().PublishAsync(new ModelPreparedEvent<BaseNopModel>(model));
        return View("/Views/Shared/CustomerNavigation.cshtml", model);
    }
}
