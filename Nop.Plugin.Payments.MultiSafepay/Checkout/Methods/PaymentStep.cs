using Microsoft.AspNetCore.Http;
using Nop.Core;
using Nop.Core.Domain.Payments;
using Nop.Plugin.Payments.MultiSafepay.Payments.Notices;
using Nop.Services.Localization;
using Nop.Services.Payments;

namespace Nop.Plugin.Payments.MultiSafepay.Checkout.Methods;

/// <summary>
/// The payment step of the checkout: checks what the customer chose, remembers it, and checks it once more when the order is placed. Hiding a method is
/// cosmetic, and amount, currency and country may have changed in between.
/// </summary>
public class PaymentStep(
    CartMethods cartMethods,
    MethodChoiceStore choiceStore,
    RequiredCustomerDataCookie customerDataCookie,
    ILocalizationService localizationService,
    IWorkContext workContext,
    IStoreContext storeContext,
    TimeProvider timeProvider)
{
    private (string Gateway, MethodAvailability Offer)? _checked;

    /// <summary>What is wrong with the form, in the customer's language; empty when nothing. No choice is a choice: the payment page.</summary>
    public async Task<IList<string>> ValidateAsync(IFormCollection form)
    {
        if (GatewayOf(form) is not { } gateway)
            return [];

        var offer = await OfferAsync(gateway);
        if (IsRefused(offer, gateway))
            return [await RefusalAsync(offer, gateway)];
        if (offer.Find(gateway) is not { } method)
            return [];

        List<string> messages = [];
        foreach (var (field, problem) in CustomerFields.Read(method, form, Today).Problems)
            messages.Add(await TextAsync($"Checkout.{field}.{problem}"));
        return messages;
    }

    /// <summary>Keeps the choice for the confirmation. The payment request carries the method's name, which nopCommerce shows on the order, and nothing else.</summary>
    public async Task<ProcessPaymentRequest> ReadAsync(IFormCollection form)
    {
        var request = new ProcessPaymentRequest();
        var customer = await workContext.GetCurrentCustomerAsync();
        var storeId = (await storeContext.GetCurrentStoreAsync()).Id;
        var gateway = GatewayOf(form);
        var method = gateway is null ? null : (await OfferAsync(gateway)).Find(gateway);
        if (method is null)
        {
            customerDataCookie.Forget();
            await choiceStore.RememberAsync(customer, storeId, null);
            return request;
        }

        var label = await TextAsync("Checkout.ChosenMethod");
        request.CustomValues[label] = await cartMethods.TitleAsync(method);
        customerDataCookie.Keep(customer.Id, method.Id, CustomerFields.Read(method, form, Today).Facts);
        await choiceStore.RememberAsync(customer, storeId, new RememberedChoice(method.Id, label));
        return request;
    }

    /// <summary>Lets the order be placed, or says why not.</summary>
    public async Task<ProcessPaymentResult> PlaceAsync(ProcessPaymentRequest request)
    {
        var result = new ProcessPaymentResult { NewPaymentStatus = PaymentStatus.Pending };
        var customer = await workContext.GetCurrentCustomerAsync();
        var choice = await choiceStore.CurrentAsync(customer, request.StoreId);

        // The request does not carry the choice when the step was skipped by settings, or left without one.
        if (choice is not null && !request.CustomValues.TryGetValue(choice.Label, out _))
            choice = null;

        var offer = await cartMethods.ForPlacementAsync(request);
        if (offer.Problem is not null)
            result.AddError(await TextAsync("Checkout.NothingFits"));
        else if (choice is not null && IsRefused(offer, choice.Gateway))
            result.AddError(await RefusalAsync(offer, choice.Gateway));
        else
            await choiceStore.RememberAsync(customer, request.StoreId, choice is null ? null : choice with { OrderGuid = request.OrderGuid });
        return result;
    }

    /// <summary>The gateway chosen in a form, or null.</summary>
    internal static string? GatewayOf(IFormCollection form) => form[CustomerFields.MethodField].ToString() is { Length: > 0 } gateway ? gateway : null;

    // nopCommerce has the form checked and read in one request; a tax provider that asks another server need not be asked twice.
    private async Task<MethodAvailability> OfferAsync(string gateway)
    {
        if (_checked is not { } known || known.Gateway != gateway)
            _checked = known = (gateway, await cartMethods.ForCurrentCartAsync(CancellationToken.None, gateway));
        return known.Offer;
    }

    private DateOnly Today => DateOnly.FromDateTime(timeProvider.GetUtcNow().UtcDateTime);

    // Where the shop offers no choice (it knows no methods now, or leaves it to the payment page), the payment page takes over.
    private static bool IsRefused(MethodAvailability offer, string gateway) => offer.Problem is not null || (offer.Methods.Count > 0 && offer.Find(gateway) is null);

    private async Task<string> RefusalAsync(MethodAvailability offer, string gateway)
    {
        var name = offer.Refused.FirstOrDefault(refused => string.Equals(refused.Gateway, gateway, StringComparison.OrdinalIgnoreCase))?.Name;
        return name is null ? await TextAsync("Checkout.NotOffered") : EditableText.Fill(System.Globalization.CultureInfo.InvariantCulture, await TextAsync("Checkout.NoLongerFits"), name);
    }

    private Task<string> TextAsync(string key) => localizationService.GetResourceAsync($"{MultiSafepayDefaults.ResourcePrefix}.{key}");
}
