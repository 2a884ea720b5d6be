using Nop.Core;
using Nop.Plugin.Payments.MultiSafepay.Payments;
using Nop.Plugin.Payments.MultiSafepay.SavedCards;
using Nop.Plugin.Payments.MultiSafepay.Subscriptions;
using Nop.Services.Events;
using Nop.Services.Localization;
using Nop.Web.Framework.Events;
using Nop.Web.Framework.Models;
using Nop.Web.Models.Customer;

namespace Nop.Plugin.Payments.MultiSafepay.Infrastructure;

/// <summary>Adds the pages with the saved cards and the subscriptions to the navigation of the customer's account. nopCommerce publishes the event for the model of every page.</summary>
public class CustomerNavigationConsumer(
    Deferred<CustomerCards> customerCards, Deferred<CustomerSubscriptions> customerSubscriptions, Deferred<ILocalizationService> localizationService, IWorkContext workContext)
    : IConsumer<ModelPreparedEvent<BaseNopModel>>
{
    /// <inheritdoc/>
    public async Task HandleEventAsync(ModelPreparedEvent<BaseNopModel> eventMessage)
    {
        if (eventMessage.Model is not CustomerNavigationModel navigation)
            return;

        var customer = await workContext.GetCurrentCustomerAsync();
        if (await customerCards.Value.HaveAPageAsync(customer))
            await AddAsync(navigation, MultiSafepayDefaults.Routes.SavedCardsName, "Cards", SavedCardsModel.NavigationTab, "multisafepay-cards");
        if (await customerSubscriptions.Value.HaveAPageAsync(customer))
            await AddAsync(navigation, MultiSafepayDefaults.Routes.SubscriptionsName, "Subscriptions", MySubscriptionsModel.NavigationTab, "multisafepay-subscriptions");
    }

    private async Task AddAsync(CustomerNavigationModel navigation, string routeName, string key, int tab, string itemClass) =>
        navigation.CustomerNavigationItems.Add(new CustomerNavigationItemModel
        {
            RouteName = routeName,
            Title = await localizationService.Value.GetResourceAsync($"{MultiSafepayDefaults.ResourcePrefix}.{key}"),
            Tab = tab,
            ItemClass = itemClass
        });
}
