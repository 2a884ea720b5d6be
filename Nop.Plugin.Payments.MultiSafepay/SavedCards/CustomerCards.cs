using Nop.Core;
using Nop.Core.Domain.Customers;
using Nop.Plugin.Payments.MultiSafepay.Api;
using Nop.Plugin.Payments.MultiSafepay.Payments.Stores;
using Nop.Services.Customers;

namespace Nop.Plugin.Payments.MultiSafepay.SavedCards;

/// <summary>
/// The saved cards that the customer of the current request can use: only the customer's own, only of a registered customer, and never while somebody of the shop acts in the customer's name,
/// because a payment with the model cardOnFile is one that the cardholder makes (docs.multisafepay.com, Recurring payments).
/// </summary>
public class CustomerCards(
    SavedCardSource source,
    SavedCardReader reader,
    CustomerReferences references,
    StoreSettings storeSettings,
    ICustomerService customerService,
    IWorkContext workContext,
    IStoreContext storeContext)
{
    /// <summary>Whether the account of a customer has a page for saved cards in the current store: if cards can be saved, or the owner has turned that off and the customer may have one.</summary>
    public async Task<bool> HaveAPageAsync(Customer? customer)
    {
        if (customer is null || !await customerService.IsRegisteredAsync(customer))
            return false;
        var settings = await storeSettings.ForStoreAsync((await storeContext.GetCurrentStoreAsync()).Id);
        return settings.SaveCards || await references.FindAsync(customer.Id, settings.Environment) is not null;
    }

    /// <summary>Whether cards can be saved and used in a store by the customer of the current request.</summary>
    public async Task<bool> AreOfferedAsync(MultiSafepaySettings settings) =>
        settings.SaveCards && workContext.OriginalCustomerIfImpersonated is null && await customerService.IsRegisteredAsync(await workContext.GetCurrentCustomerAsync());

    /// <summary>Whether it is the customer of an order who pays now, and not the owner who makes a link for the customer, so that a card can be saved or used.</summary>
    public async Task<bool> AreOfferedAsync(MultiSafepaySettings settings, int customerId) =>
        (await workContext.GetCurrentCustomerAsync()).Id == customerId && await AreOfferedAsync(settings);

    /// <summary>Reads the cards in the background, so that the payment step does not wait for them.</summary>
    public async Task ReadAheadAsync(MultiSafepaySettings settings)
    {
        if (await AreOfferedAsync(settings) && storeSettings.Credentials(settings, settings.Environment) is { } credentials)
            source.ReadAhead((await workContext.GetCurrentCustomerAsync()).Id, credentials);
    }

    /// <summary>The cards for the payment step of a store; empty if there are none, or none are known in time.</summary>
    public async Task<IReadOnlyList<SavedCard>> ForCheckoutAsync(MultiSafepaySettings settings, CancellationToken cancellationToken) =>
        await AreOfferedAsync(settings) && storeSettings.Credentials(settings, settings.Environment) is { } credentials
            ? await source.GetAsync((await workContext.GetCurrentCustomerAsync()).Id, credentials, SavedCardSource.FreshFor, cancellationToken) ?? []
            : [];

    /// <summary>The cards for the customer's account, in a store; null if they are not known now.</summary>
    public async Task<IReadOnlyList<SavedCard>?> ForAccountAsync(Customer customer, MultiSafepaySettings settings, CancellationToken cancellationToken) =>
        storeSettings.Credentials(settings, settings.Environment) is { } credentials
            ? await source.GetAsync(customer.Id, credentials, SavedCardSource.FreshForAccount, cancellationToken)
            : [];

    /// <summary>The card with which the customer of the current request pays an order of a store; null if it is not the customer's, or not known any more.</summary>
    /// <param name="customerId">The customer of the order.</param>
    /// <param name="settings">The settings of the order's store.</param>
    /// <param name="id">The card's id (<see cref="SavedCard.Id"/>).</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <exception cref="MultiSafepayApiException">MultiSafepay gave no usable answer.</exception>
    public async Task<SavedCard?> FindAsync(int customerId, MultiSafepaySettings settings, string id, CancellationToken cancellationToken)
    {
        if (!await AreOfferedAsync(settings, customerId) || storeSettings.Credentials(settings, settings.Environment) is not { } credentials)
            return null;
        return (await reader.ReadAsync(customerId, credentials, cancellationToken)).FirstOrDefault(card => card.Id == id);
    }

    /// <summary>
    /// The reference under which MultiSafepay is to save the card of a payment that starts now. What is known of the customer's cards is forgotten, so that the new one is found in the next checkout.
    /// </summary>
    public Task<string> ReferenceForSavingAsync(int customerId, MultiSafepayEnvironment environment)
    {
        source.Forget(customerId);
        return references.GetOrCreateAsync(customerId, environment);
    }

    /// <summary>Deletes a card of a customer at MultiSafepay.</summary>
    /// <returns>Whether the card is gone; it may have been so before.</returns>
    public async Task<bool> DeleteAsync(Customer customer, MultiSafepaySettings settings, string? id, CancellationToken cancellationToken)
    {
        if (storeSettings.Credentials(settings, settings.Environment) is not { } credentials)
            return false;
        try
        {
            if ((await reader.ReadAsync(customer.Id, credentials, cancellationToken)).FirstOrDefault(card => card.Id == id) is { } card)
                await reader.DeleteAsync(credentials, card, cancellationToken);
            return true;
        }
        catch (MultiSafepayApiException)
        {
            return false;
        }
        finally
        {
            source.Forget(customer.Id);
        }
    }
}
