using System.Globalization;
using Microsoft.AspNetCore.Http;
using Nop.Core;
using Nop.Core.Domain.Payments;
using Nop.Plugin.Payments.MultiSafepay.Payments.Notices;
using Nop.Services.Localization;
using Nop.Services.Payments;

namespace Nop.Plugin.Payments.MultiSafepay.Checkout.Methods;

/// <summary>
/// The payment step of the checkout: validates the customer's choice, stores it, and validates it again when the order is placed. Hiding a method in the list is not
/// a check, and amount, currency and country may have changed in between.
/// </summary>
public class PaymentStep(
    CartMethods cartMethods,
    OfferedCards offeredCards,
    SubscriptionTerms subscriptionTerms,
    MethodChoiceStore choiceStore,
    RequiredCustomerDataCookie customerDataCookie,
    ILocalizationService localizationService,
    IWorkContext workContext,
    IStoreContext storeContext,
    TimeProvider timeProvider)
{
    private (string? Gateway, MethodAvailability Offer)? _checked;
    private (string Id, OfferedCard? Offered)? _card;

    /// <summary>Returns the errors in the form, in the customer's language; empty for none. A form without a choice is valid and means the payment page.</summary>
    public async Task<IList<string>> ValidateAsync(IFormCollection form)
    {
        if (await CardOfAsync(form) is { } card && card.Offered is not { Card.IsExpired: false })
            return [await TextAsync(card.Offered is null ? "Checkout.CardGone" : "Checkout.CardExpired")];
        if (await GatewayOfAsync(form) is not { } gateway)
            return await subscriptionTerms.ApplyAsync() ? [await ProblemOfSubscriptionAsync(await OfferAsync(gateway: null)) ?? await TextAsync("Checkout.Subscription.Choose")] : [];

        var offer = await OfferAsync(gateway);
        if (IsRefused(offer, gateway))
            return [await RefusalAsync(offer, gateway)];
        if (offer.Find(gateway) is not { } method)
            return [];

        List<string> messages = [];
        if (await subscriptionTerms.ApplyAsync() && !HasAgreed(form))
            messages.Add(await TextAsync("Checkout.Subscription.Missing"));
        foreach (var (field, problem) in CustomerFields.Read(method, form, Today).Problems)
            messages.Add(await TextAsync($"Checkout.{field}.{problem}"));
        return messages;
    }

    /// <summary>Stores the choice. The payment request contains only the method's name, which nopCommerce shows on the order.</summary>
    public async Task<ProcessPaymentRequest> ReadAsync(IFormCollection form)
    {
        var request = new ProcessPaymentRequest();
        var customer = await workContext.GetCurrentCustomerAsync();
        var storeId = (await storeContext.GetCurrentStoreAsync()).Id;
        var gateway = await GatewayOfAsync(form);
        var card = (await CardOfAsync(form))?.Offered?.Card;
        var offer = gateway is null ? null : await OfferAsync(gateway);
        var method = offer?.Find(gateway);
        if (method is null)
        {
            customerDataCookie.Forget();
            await choiceStore.RememberAsync(customer, storeId, null);
            return request;
        }

        var label = await TextAsync("Checkout.ChosenMethod");

        // The customer must know which card will be charged.
        var shown = card is null
            ? await cartMethods.TitleAsync(method)
            : EditableText.Fill(CultureInfo.InvariantCulture, await TextAsync("Checkout.SavedCard"), card.Text(await TextAsync("Cards.Card")));
        request.CustomValues[label] = shown;
        customerDataCookie.Keep(customer.Id, method.Id, CustomerFields.Read(method, form, Today).Facts);
        await choiceStore.RememberAsync(customer, storeId, new RememberedChoice(method.Id, label)
        {
            Shown = shown,
            CardId = card?.Id,
            SavesCard = card is null && form[CustomerFields.SaveCardNameOf(method.Id)].ToString().Length > 0 && await offeredCards.MaySaveAsync(method),
            Consent = HasAgreed(form) ? await subscriptionTerms.TextAsync(offer!) : null,
            ConsentUtc = HasAgreed(form) ? timeProvider.GetUtcNow().UtcDateTime : null
        });
        return request;
    }

    /// <summary>Returns success if the order may be placed, and otherwise the error for the customer.</summary>
    public async Task<ProcessPaymentResult> PlaceAsync(ProcessPaymentRequest request)
    {
        var result = new ProcessPaymentResult { NewPaymentStatus = PaymentStatus.Pending };
        var customer = await workContext.GetCurrentCustomerAsync();
        var choice = await choiceStore.CurrentAsync(customer, request.StoreId);

        // The request does not contain the choice if the step was skipped by a setting or left without a choice.
        if (choice is not null && !request.CustomValues.TryGetValue(choice.Label, out _))
            choice = null;

        var offer = await cartMethods.ForPlacementAsync(request);
        if (offer.Problem is not null)
            result.AddError(await ProblemOfSubscriptionAsync(offer) ?? await TextAsync("Checkout.NothingFits"));

        // The choice belongs to the customer, the request to the session: after signing in, or with another browser, the customer may have seen another choice than the stored one.
        else if (choice is { Shown: { } shown } && request.CustomValues[choice.Label]?.ToString() != shown)
            result.AddError(await TextAsync("Checkout.NotOffered"));
        else if (choice is not null && IsRefused(offer, choice.Gateway))
            result.AddError(await RefusalAsync(offer, choice.Gateway));
        else if (CartMethods.IsSubscription(request) && choice is null)
            result.AddError(await TextAsync("Checkout.Subscription.Choose"));
        else if (CartMethods.IsSubscription(request) && (choice?.Consent is not { } agreed || !await subscriptionTerms.IsStillAgreedAsync(agreed, choice.Gateway)))
            result.AddError(await TextAsync(choice?.Consent is null ? "Checkout.Subscription.Missing" : "Checkout.Subscription.Changed"));
        else
            await choiceStore.RememberAsync(customer, request.StoreId, choice is null ? null : choice with { OrderGuid = request.OrderGuid });
        return result;
    }

    /// <summary>The choice in a form: a gateway, or a saved card (<see cref="CustomerFields.CardPrefix"/>); null for none.</summary>
    internal static string? ChoiceOf(IFormCollection form) => form[CustomerFields.MethodField].ToString() is { Length: > 0 } choice ? choice : null;

    private static bool HasAgreed(IFormCollection form) => form[CustomerFields.ConsentField].ToString().Length > 0;

    private async Task<string?> ProblemOfSubscriptionAsync(MethodAvailability offer) =>
        offer.Problem == OfferProblem.SubscriptionOfGuest ? await TextAsync("Checkout.Subscription.Guest") : null;

    // The saved card chosen in a form, as far as the customer can use it for the cart, which is never a subscription; null if none is chosen.
    private async Task<(string Id, OfferedCard? Offered)?> CardOfAsync(IFormCollection form)
    {
        if (ChoiceOf(form) is not { } choice || !choice.StartsWith(CustomerFields.CardPrefix, StringComparison.Ordinal))
            return null;
        var id = choice[CustomerFields.CardPrefix.Length..];
        return _card ??= (id, await subscriptionTerms.ApplyAsync() ? null : await OfferedAsync(id));
    }

    private async Task<OfferedCard?> OfferedAsync(string id)
    {
        await offeredCards.ReadAheadAsync();
        return (await offeredCards.ForAsync(await OfferAsync(gateway: null), CancellationToken.None)).FirstOrDefault(offered => offered.Card.Id == id);
    }

    private async Task<string?> GatewayOfAsync(IFormCollection form) => await CardOfAsync(form) is { } card ? card.Offered?.Method.Id : ChoiceOf(form);

    // nopCommerce validates and reads the form in one request; a tax provider that calls another server should not be called twice.
    private async Task<MethodAvailability> OfferAsync(string? gateway)
    {
        if (_checked is not { } known || known.Gateway != gateway)
            _checked = known = (gateway, await cartMethods.ForCurrentCartAsync(CancellationToken.None, gateway));
        return known.Offer;
    }

    private DateOnly Today => DateOnly.FromDateTime(timeProvider.GetUtcNow().UtcDateTime);

    // If the shop currently offers no choice (unknown methods, or payment page only), the customer chooses on the payment page.
    private static bool IsRefused(MethodAvailability offer, string gateway) => offer.Problem is not null || (offer.Methods.Count > 0 && offer.Find(gateway) is null);

    private async Task<string> RefusalAsync(MethodAvailability offer, string gateway)
    {
        var name = offer.Refused.FirstOrDefault(refused => string.Equals(refused.Gateway, gateway, StringComparison.OrdinalIgnoreCase))?.Name;
        return name is null ? await TextAsync("Checkout.NotOffered") : EditableText.Fill(CultureInfo.InvariantCulture, await TextAsync("Checkout.NoLongerFits"), name);
    }

    private Task<string> TextAsync(string key) => localizationService.GetResourceAsync($"{MultiSafepayDefaults.ResourcePrefix}.{key}");
}
