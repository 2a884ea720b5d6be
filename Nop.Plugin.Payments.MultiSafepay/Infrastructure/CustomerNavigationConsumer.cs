using Nop.Core;
using Nop.Plugin.Payments.MultiSafepay.Payments;
using Nop.Plugin.Payments.MultiSafepay.SavedCards;
using Nop.Services.Events;
using Nop.Services.Localization;
using Nop.Web.Framework.Events;
using Nop.Web.Framework.Models;
using Nop.Web.Models.Customer;

namespace Nop.Plugin.Payments.MultiSafepay.Infrastructure;

/// <summary>Adds the page with the saved cards to the navigation of the customer's account. nopCommerce publishes the event for the model of every page.</summary>
public class CustomerNavigationConsumer(Deferred<CustomerCards> customerCards, Deferred<ILocalizationService> localizationService, IWorkContext workContext)
    : IConsumer<ModelPreparedEvent<BaseNopModel>>
{
    /// <inheritdoc/>
    public async Task HandleEventAsync(ModelPreparedEvent<BaseNopModel> eventMessage)
    {
        if (eventMessage.Model is not CustomerNavigationModel navigation || !await customerCards.Value.HaveAPageAsync(await workContext.GetCurrentCustomerAsync()))
            return;

        navigation.CustomerNavigationItems.Add(new CustomerNavigationItemModel
        {
            RouteName = MultiSafepayDefaults.Routes.SavedCardsName,
            Title = await localizationService.Value.GetResourceAsync($"{MultiSafepayDefaults.ResourcePrefix}.Cards"),
            Tab = SavedCardsModel.NavigationTab,
            ItemClass = "multisafepay-cards"
        });
    }
}
