namespace Nop.Plugin.Payments.MultiSafepay.Api;

/// <summary>
/// <c>POST orders</c>: a payment to be made. What is null is not sent. The limits named here are MultiSafepay's; the caller keeps to them.
/// </summary>
public sealed record OrderRequest
{
    /// <summary>One of <see cref="OrderType"/>.</summary>
    public required string Type { get; init; }

    /// <summary>Our identifier of the payment: at most 50 characters, and unique among the site's completed orders (else error 1006).</summary>
    public required string OrderId { get; init; }

    /// <summary>The payment method, such as <c>IDEAL</c>; without one the payment page offers every method of the site.</summary>
    public string? Gateway { get; init; }

    /// <summary>ISO 4217 code.</summary>
    public required string Currency { get; init; }

    /// <summary>What is to be paid, in the currency's smallest unit (<see cref="MinorUnits"/>).</summary>
    public required long Amount { get; init; }

    /// <summary>What the customer reads on the payment page and the bank statement; at most 200 characters.</summary>
    public required string Description { get; init; }

    /// <summary>Where notifications go and the customer returns to.</summary>
    public PaymentOptions? PaymentOptions { get; init; }

    /// <summary>Who pays.</summary>
    public CustomerDetails? Customer { get; init; }

    /// <summary>Where it is delivered.</summary>
    public CustomerDetails? Delivery { get; init; }

    /// <summary>What is bought; required by pay-later methods.</summary>
    public ShoppingCart? ShoppingCart { get; init; }

    /// <summary>The tax rates that the cart refers to.</summary>
    public CheckoutOptions? CheckoutOptions { get; init; }

    /// <summary>Facts that a payment method asks for beyond <see cref="Customer"/>.</summary>
    public GatewayInfo? GatewayInfo { get; init; }

    /// <summary>What the payment component in the checkout page collected; with <see cref="OrderType.Direct"/>.</summary>
    public PaymentData? PaymentData { get; init; }

    /// <summary>Whether MultiSafepay may remind the customer of an unfinished payment.</summary>
    public SecondChance? SecondChance { get; init; }

    /// <summary>How many days the payment page stays open, 1 to 365; MultiSafepay's default is 30. <see cref="SecondsActive"/> wins.</summary>
    public int? DaysActive { get; init; }

    /// <summary>How many seconds the payment page stays open, 1 to 31536000.</summary>
    public int? SecondsActive { get; init; }

    /// <summary><c>manual</c> to authorise now and capture later (Visa, Mastercard, Maestro).</summary>
    public string? Capture { get; init; }

    /// <summary>The kind of recurring payment this one starts or follows: <c>cardOnFile</c>, <c>subscription</c> or <c>unscheduled</c>.</summary>
    public string? RecurringModel { get; init; }

    /// <summary>The token of an earlier payment to pay with.</summary>
    public string? RecurringId { get; init; }

    /// <summary>Free text that comes back with the order; at most 100 characters to be safe, as sources disagree.</summary>
    public string? Var1 { get; init; }

    /// <inheritdoc cref="Var1"/>
    public string? Var2 { get; init; }

    /// <inheritdoc cref="Var1"/>
    public string? Var3 { get; init; }

    /// <summary>More free text that comes back with the order.</summary>
    public CustomInfo? CustomInfo { get; init; }

    /// <summary>Which shop and plugin are calling; helps MultiSafepay's support.</summary>
    public PluginInfo? Plugin { get; init; }

    /// <summary>Names the payment only: everything else may be about the customer.</summary>
    public override string ToString() => $"{nameof(OrderRequest)} {{ OrderId = {OrderId}, Type = {Type}, Gateway = {Gateway} }}";
}

/// <summary>How a customer gets to pay.</summary>
public static class OrderType
{
    /// <summary>By MultiSafepay's payment page.</summary>
    public const string Redirect = "redirect";

    /// <summary>Straight to the bank or the issuer; what the payment method needs is in the request.</summary>
    public const string Direct = "direct";

    /// <summary>By a link that may be sent and opened later.</summary>
    public const string PaymentLink = "paymentlink";
}
