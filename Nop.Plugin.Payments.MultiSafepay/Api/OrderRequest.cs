using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace Nop.Plugin.Payments.MultiSafepay.Api;

/// <summary>
/// The body of <c>POST orders</c>, which creates a payment. Null properties are omitted. The caller must respect the limits; unless noted otherwise
/// they come from MultiSafepay's OpenAPI description.
/// </summary>
public sealed record OrderRequest
{
    /// <summary>One of <see cref="OrderType"/>.</summary>
    public required string Type { get; init; }

    /// <summary>The shop's order id: at most 50 characters, and unique among the site's completed orders (error 1006 otherwise; API reference, Error reference).</summary>
    public required string OrderId { get; init; }

    /// <summary>The gateway code of the payment method, such as <c>IDEAL</c>; null for a payment page with every method of the site.</summary>
    public string? Gateway { get; init; }

    /// <summary>ISO 4217 code, in upper case.</summary>
    public required string Currency { get; init; }

    /// <summary>The amount to be paid, in minor units (<see cref="MinorUnits"/>).</summary>
    public required long Amount { get; init; }

    /// <summary>The text on the payment page and the bank statement; at most 200 characters.</summary>
    public required string Description { get; init; }

    /// <summary>The addresses for notifications and for the customer's return.</summary>
    public PaymentOptions? PaymentOptions { get; init; }

    /// <summary>The payer and the billing address.</summary>
    public CustomerDetails? Customer { get; init; }

    /// <summary>The delivery address.</summary>
    public CustomerDetails? Delivery { get; init; }

    /// <summary>The items; required by pay-later methods.</summary>
    public ShoppingCart? ShoppingCart { get; init; }

    /// <summary>The tax tables that the cart refers to.</summary>
    public CheckoutOptions? CheckoutOptions { get; init; }

    /// <summary>Data that a payment method requires in addition to <see cref="Customer"/>.</summary>
    public GatewayInfo? GatewayInfo { get; init; }

    /// <summary>The data of the payment component in the checkout; for <see cref="OrderType.Direct"/>.</summary>
    public PaymentData? PaymentData { get; init; }

    /// <summary>Whether MultiSafepay may send the customer reminders of an unfinished payment.</summary>
    public SecondChance? SecondChance { get; init; }

    /// <summary>The lifetime of the payment link in days, 1 to 365; MultiSafepay's default is 30. <see cref="SecondsActive"/> takes precedence.</summary>
    public int? DaysActive { get; init; }

    /// <summary>The lifetime of the payment link in seconds, 1 to 31536000.</summary>
    public int? SecondsActive { get; init; }

    /// <summary><see cref="CaptureMode.Manual"/> to authorise now and capture later, for the methods that support it (<see cref="PaymentMethod.ManualCapture"/>).</summary>
    public string? Capture { get; init; }

    /// <summary>
    /// A value of <see cref="Api.RecurringModel"/>. With <see cref="RecurringId"/>, what the token is used for; without, the details of this payment are to be stored for that. Requires
    /// <see cref="CustomerDetails.Reference"/>; null for an ordinary payment.
    /// </summary>
    public string? RecurringModel { get; init; }

    /// <summary>The token to be charged (<see cref="PaymentToken.Token"/>), for <see cref="OrderType.Direct"/>; the customer's reference must be the one with which it was stored.</summary>
    public string? RecurringId { get; init; }

    /// <summary>Free text that is returned with the order. The OpenAPI description allows 500 characters and the error reference 100; 100 is safe.</summary>
    public string? Var1 { get; init; }

    /// <inheritdoc cref="Var1"/>
    public string? Var2 { get; init; }

    /// <inheritdoc cref="Var1"/>
    public string? Var3 { get; init; }

    /// <summary>More free text that is returned with the order.</summary>
    public CustomInfo? CustomInfo { get; init; }

    /// <summary>The shop software and the plugin, for MultiSafepay's support.</summary>
    public PluginInfo? Plugin { get; init; }

    /// <summary>
    /// Fields of MultiSafepay's API that this class has no property for, such as <c>affiliate</c> for split payments, or members of an object that it has, such as
    /// <c>payment_options.settings</c>; null for none. They replace nothing that the request contains.
    /// </summary>
    [JsonIgnore]
    public JsonObject? AdditionalFields { get; init; }

    /// <summary>The order id, type and gateway only, because everything else may be personal data.</summary>
    public override string ToString() => $"{nameof(OrderRequest)} {{ OrderId = {OrderId}, Type = {Type}, Gateway = {Gateway} }}";
}

/// <summary>The values of an order's <c>type</c> field: how the customer gets to the payment.</summary>
public static class OrderType
{
    /// <summary>A redirect to MultiSafepay's payment page.</summary>
    public const string Redirect = "redirect";

    /// <summary>A redirect straight to the bank or the issuer; the request contains the data that the payment method requires.</summary>
    public const string Direct = "direct";

    /// <summary>A link that can be sent and opened later.</summary>
    public const string PaymentLink = "paymentlink";
}
