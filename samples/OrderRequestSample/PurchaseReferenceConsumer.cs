using Nop.Core.Domain.Orders;
using Nop.Plugin.Payments.MultiSafepay.Api;
using Nop.Plugin.Payments.MultiSafepay.Checkout.Request;
using Nop.Services.Attributes;
using Nop.Services.Events;

namespace OrderRequestSample;

/// <summary>
/// Sends the purchase reference of a business customer along with the payment, so that their bookkeeping finds it on the payment page and on the bank
/// statement. The customer enters it in the cart, in a checkout attribute of the type <i>Textbox</i> with the name <see cref="AttributeName"/>.
/// </summary>
/// <param name="attributeParser">Reads the answers to the checkout attributes that are kept with the order.</param>
public class PurchaseReferenceConsumer(IAttributeParser<CheckoutAttribute, CheckoutAttributeValue> attributeParser) : IConsumer<OrderRequestCreatedEvent>
{
    /// <summary>The name of the checkout attribute.</summary>
    public const string AttributeName = "Your reference";

    // MultiSafepay's own limits differ from source to source; this many characters are taken everywhere.
    private const int MaxReferenceLength = 100;

    /// <summary>Adds the reference to the request, if the customer has entered one.</summary>
    /// <param name="eventMessage">The order, and the request that the plugin is about to send.</param>
    public async Task HandleEventAsync(OrderRequestCreatedEvent eventMessage)
    {
        if (await ReferenceAsync(eventMessage.Order) is not { } reference)
            return;

        var request = eventMessage.Request;
        eventMessage.Request = request with
        {
            // On the payment page and the bank statement.
            Description = FieldText.Clean($"{request.Description} - {reference}", OrderRequestFactory.MaxDescriptionLength) ?? request.Description,
            // Comes back with the order from MultiSafepay. The plugin itself uses Var1 only.
            Var2 = reference
        };
    }

    // What a customer has typed is made one plain line that is short enough: whoever changes the request keeps to MultiSafepay's limits.
    private async Task<string?> ReferenceAsync(Order order)
    {
        if (string.IsNullOrEmpty(order.CheckoutAttributesXml))
            return null;

        var attributes = await attributeParser.ParseAttributesAsync(order.CheckoutAttributesXml);
        return attributes.FirstOrDefault(attribute => attribute.Name == AttributeName) is { } asked
            ? FieldText.Clean(attributeParser.ParseValues(order.CheckoutAttributesXml, asked.Id).FirstOrDefault(), MaxReferenceLength)
            : null;
    }
}
