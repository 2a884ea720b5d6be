using System.Globalization;
using Microsoft.AspNetCore.Http;
using Nop.Core;
using Nop.Core.Domain.Customers;
using Nop.Plugin.Payments.MultiSafepay.Api;
using Nop.Plugin.Payments.MultiSafepay.Checkout.Request;
using Nop.Services.Customers;
using Nop.Services.Localization;

namespace Nop.Plugin.Payments.MultiSafepay.Checkout.Methods;

/// <summary>Creates the model of the payment step.</summary>
public class PaymentInfoModelFactory(
    CartMethods cartMethods,
    OfferedCards offeredCards,
    SubscriptionTerms subscriptionTerms,
    ILocalizationService localizationService,
    MethodChoiceStore choiceStore,
    ICustomerService customerService,
    IWorkContext workContext,
    IStoreContext storeContext,
    TimeProvider timeProvider)
{
    private const string GiftCard = "coupon";
    private const string ApplePay = "APPLEPAY";

    /// <summary>Creates the model for the current customer.</summary>
    /// <param name="form">The posted form; null on the first visit. It may be the form of another step of the checkout.</param>
    /// <param name="cancellationToken">Cancels waiting for a catalogue.</param>
    public async Task<PaymentInfoModel> CreateAsync(IFormCollection? form, CancellationToken cancellationToken)
    {
        // Cards and methods are read at the same time, so that the customer waits for the slower one and not for both.
        await offeredCards.ReadAheadAsync();
        var offer = await cartMethods.ForCurrentCartAsync(cancellationToken);
        var customer = await workContext.GetCurrentCustomerAsync();
        var posted = form is null ? null : PaymentStep.ChoiceOf(form);
        var terms = await subscriptionTerms.TextAsync(offer);

        // A saved card is one that the customer pays with in person.
        var offered = terms is null ? await offeredCards.ForAsync(offer, cancellationToken) : [];
        var selected = posted ?? await ProposalAsync(offer, offered, customer);
        var cards = await CardsAsync(offered, selected);

        var (rules, languageId) = (await cartMethods.RulesAsync(), (await workContext.GetWorkingLanguageAsync()).Id);
        List<MethodModel> methods = [];
        List<MethodModel> giftCards = [];
        foreach (var method in offer.Methods)
        {
            var isSelected = string.Equals(method.Id, selected, StringComparison.OrdinalIgnoreCase);
            var model = new MethodModel
            {
                Gateway = method.Id,
                Title = rules.TitleOf(method, languageId),
                Description = rules[method.Id]?.DescriptionIn(languageId),
                IconUrl = method.IconUrls?.Best,
                Brands = [.. method.Brands.Where(brand => !string.IsNullOrWhiteSpace(brand.Name)).Select(brand => new BrandModel(brand.Name!, brand.IconUrls?.Best))],
                IsSelected = isSelected,
                NeedsDevice = NeedsDevice(method.Id),
                SaveName = terms is null && await offeredCards.MaySaveAsync(method) ? CustomerFields.SaveCardNameOf(method.Id) : null,
                IsSaved = isSelected && posted is not null && form![CustomerFields.SaveCardNameOf(method.Id)].ToString().Length > 0,
                Fields = await FieldsAsync(method, customer, isSelected && posted is not null ? form : null)
            };
            (method.Type == GiftCard ? giftCards : methods).Add(model);
        }

        return new PaymentInfoModel
        {
            Cards = cards,
            Methods = methods,
            GiftCards = giftCards,
            Terms = offer.Methods.Count == 0 ? null : terms,
            IsAgreed = form is not null && form[CustomerFields.ConsentField].ToString().Length > 0,
            IsForRegistered = offer.Problem == OfferProblem.SubscriptionOfGuest
        };
    }

    private async Task<IReadOnlyList<CardModel>> CardsAsync(IReadOnlyList<OfferedCard> offered, string? selected)
    {
        if (offered.Count == 0)
            return [];

        var nameOfOthers = await localizationService.GetResourceAsync($"{MultiSafepayDefaults.ResourcePrefix}.Cards.Card");
        return
        [
            .. offered.Select(one => new CardModel
            {
                Value = CustomerFields.CardPrefix + one.Card.Id,
                Text = one.Card.Text(nameOfOthers),
                Expiry = one.Card.Expiry,
                IsExpired = one.Card.IsExpired,
                IconUrl = (one.Method.Brands.FirstOrDefault(brand => string.Equals(brand.Id, one.Card.Code, StringComparison.OrdinalIgnoreCase))?.IconUrls ?? one.Method.IconUrls)?.Best,
                IsSelected = !one.Card.IsExpired && selected == CustomerFields.CardPrefix + one.Card.Id
            })
        ];
    }

    // The choice made earlier in this checkout, else in the last one, else the only method there is. Never one that the device may not support.
    private async Task<string?> ProposalAsync(MethodAvailability offer, IReadOnlyList<OfferedCard> cards, Customer customer)
    {
        var storeId = (await storeContext.GetCurrentStoreAsync()).Id;
        var choice = await choiceStore.CurrentAsync(customer, storeId) is { OrderGuid: null } current ? current : null;
        if (choice?.CardId is { } card)
            return CustomerFields.CardPrefix + card;
        var last = choice is null ? await choiceStore.LastMethodAsync(customer, storeId) : (choice.Gateway, null);

        // The very card that the customer paid with last, and no other: it is charged without a page on which the customer could see the mistake.
        if (last.CardId is { } paidWith && cards.Any(offered => offered.Card.Id == paidWith && !offered.Card.IsExpired))
            return CustomerFields.CardPrefix + paidWith;
        var remembered = last.Gateway;
        var proposal = offer.Find(remembered)?.Id ?? (offer.Methods.Count == 1 ? offer.Methods[0].Id : null);
        return proposal is null || NeedsDevice(proposal) ? null : proposal;
    }

    private async Task<IReadOnlyList<FieldModel>> FieldsAsync(PaymentMethod method, Customer customer, IFormCollection? form)
    {
        var problems = form is null ? null : CustomerFields.Read(method, form, DateOnly.FromDateTime(timeProvider.GetUtcNow().UtcDateTime)).Problems;
        List<FieldModel> fields = [];
        foreach (var field in CustomerFields.RequiredBy(method))
        {
            var name = CustomerFields.NameOf(method.Id, field);
            var value = form is null ? await KnownAsync(field, customer) : form[name].ToString();
            fields.Add(new FieldModel(name, field, value, problems is not null && problems.TryGetValue(field, out var problem) ? problem : null));
        }

        return fields;
    }

    // Prefilled from the account and the billing address, so that the customer only has to confirm it.
    private async Task<string?> KnownAsync(CustomerField field, Customer customer) => field switch
    {
        CustomerField.Birthday => customer.DateOfBirth?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        CustomerField.Gender => customer.Gender,
        CustomerField.Phone => ContactDetails.Phone((await customerService.GetCustomerBillingAddressAsync(customer))?.PhoneNumber),
        _ => null
    };

    private static bool NeedsDevice(string gateway) => string.Equals(gateway, ApplePay, StringComparison.OrdinalIgnoreCase);
}
