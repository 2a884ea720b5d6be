using System.Text.Json;
using Nop.Core.Domain.Customers;
using Nop.Plugin.Payments.MultiSafepay.Payments.Records;
using Nop.Services.Common;

namespace Nop.Plugin.Payments.MultiSafepay.Checkout.Methods;

/// <summary>What a customer chose in the payment step of the checkout that is under way.</summary>
/// <param name="Gateway">The method's gateway.</param>
/// <param name="Label">The name under which nopCommerce keeps the choice with the payment request, in the customer's language then.</param>
/// <param name="OrderGuid">The order that was placed with it; null before.</param>
public sealed record RememberedChoice(string Gateway, string Label, Guid? OrderGuid = null);

/// <summary>
/// Remembers the gateway that a customer chose, in generic attributes of the customer: for the additional fee until the order is placed, for the order then,
/// and as the first suggestion of the next checkout. Nothing else is remembered.
/// </summary>
public class MethodChoiceStore(IGenericAttributeService genericAttributeService, RequestTotals requestTotals)
{
    private const string ChoiceAttribute = "MultiSafepay.Choice";
    private const string LastMethodAttribute = "MultiSafepay.LastMethod";

    /// <summary>The choice of the checkout that is under way, or of the order that was just placed; null when the choice is left to the payment page.</summary>
    public async Task<RememberedChoice?> CurrentAsync(Customer customer, int storeId)
    {
        try
        {
            return await genericAttributeService.GetAttributeAsync<string>(customer, ChoiceAttribute, storeId) is { Length: > 0 } json
                ? JsonSerializer.Deserialize<RememberedChoice>(json, StoredJson.Options)
                : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>Remembers the choice, for what is added up in this request as well; null forgets it.</summary>
    public async Task RememberAsync(Customer customer, int storeId, RememberedChoice? choice)
    {
        await genericAttributeService.SaveAttributeAsync(
            customer, ChoiceAttribute, choice is null ? string.Empty : JsonSerializer.Serialize(choice, StoredJson.Options), storeId);
        requestTotals.Forget();
    }

    /// <summary>The gateway that the customer used last, or null.</summary>
    public Task<string?> LastMethodAsync(Customer customer, int storeId) =>
        genericAttributeService.GetAttributeAsync<string?>(customer, LastMethodAttribute, storeId);

    /// <summary>Remembers the gateway for the customer's next checkout.</summary>
    public Task RememberLastMethodAsync(Customer customer, int storeId, string gateway) =>
        genericAttributeService.SaveAttributeAsync(customer, LastMethodAttribute, gateway, storeId);
}
