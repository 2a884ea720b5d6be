using Microsoft.AspNetCore.Mvc;
using Nop.Core;
using Nop.Core.Domain.Customers;
using Nop.Plugin.Payments.MultiSafepay.Payments.Stores;
using Nop.Services.Customers;
using Nop.Services.Localization;
using Nop.Services.Messages;
using Nop.Web.Framework.Controllers;

namespace Nop.Plugin.Payments.MultiSafepay.SavedCards;

/// <summary>The page of a registered customer's account that lists the saved cards and deletes them. A card is saved by paying with it.</summary>
[AutoValidateAntiforgeryToken]
public class MultiSafepayCardsController(
    CustomerCards customerCards,
    StoreSettings storeSettings,
    ICustomerService customerService,
    INotificationService notificationService,
    ILocalizationService localizationService,
    IWorkContext workContext,
    IStoreContext storeContext) : BasePaymentController
{
    /// <summary>Shows the cards.</summary>
    [HttpGet]
    public async Task<IActionResult> MultiSafepayCards(CancellationToken cancellationToken)
    {
        if (await RegisteredAsync() is not { } customer)
            return Challenge();

        var cards = await customerCards.ForAccountAsync(customer, await SettingsAsync(), cancellationToken);
        return View($"{MultiSafepayDefaults.ViewsFolder}Public/SavedCards.cshtml", new SavedCardsModel { Cards = cards ?? [], IsUnavailable = cards is null });
    }

    /// <summary>Deletes a card of the customer.</summary>
    /// <param name="cardId">The card's id (<see cref="SavedCard.Id"/>).</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    [HttpPost]
    public async Task<IActionResult> MultiSafepayDeleteCard(string? cardId, CancellationToken cancellationToken)
    {
        if (await RegisteredAsync() is not { } customer)
            return Challenge();

        var isDeleted = await customerCards.DeleteAsync(customer, await SettingsAsync(), cardId, cancellationToken);
        notificationService.Notification(
            isDeleted ? NotifyType.Success : NotifyType.Error,
            await localizationService.GetResourceAsync($"{MultiSafepayDefaults.ResourcePrefix}.Cards.{(isDeleted ? "Deleted" : "NotDeleted")}"));
        return RedirectToRoute(MultiSafepayDefaults.Routes.SavedCardsName);
    }

    private async Task<Customer?> RegisteredAsync() =>
        await workContext.GetCurrentCustomerAsync() is { } customer && await customerService.IsRegisteredAsync(customer) ? customer : null;

    private async Task<MultiSafepaySettings> SettingsAsync() => await storeSettings.ForStoreAsync((await storeContext.GetCurrentStoreAsync()).Id);
}
