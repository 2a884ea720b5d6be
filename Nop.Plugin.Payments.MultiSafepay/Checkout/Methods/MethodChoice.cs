using Nop.Plugin.Payments.MultiSafepay.Api;
using Nop.Plugin.Payments.MultiSafepay.Payments.Transactions;

namespace Nop.Plugin.Payments.MultiSafepay.Checkout.Methods;

/// <summary>The payment method that an order is to be paid with, as far as it shapes the request.</summary>
public sealed record MethodChoice
{
    /// <summary>No method: the customer chooses on MultiSafepay's payment page.</summary>
    public static MethodChoice PaymentPage { get; } = new();

    /// <summary>The method's identifier at MultiSafepay, such as <c>IDEAL</c>; null for the payment page.</summary>
    public string? Gateway { get; init; }

    /// <summary>What MultiSafepay says in <c>shopping_cart_required</c>.</summary>
    public bool ShoppingCartRequired { get; init; }

    /// <summary>What MultiSafepay lists in <c>required_customer_data</c>: facts about the customer that are sent only when asked for.</summary>
    public IReadOnlyCollection<string> RequiredCustomerData { get; init; } = [];

    /// <summary>What the customer has filled in for it; held only while the request is made.</summary>
    public RequiredCustomerData? CustomerData { get; init; }

    /// <summary>The choice of a method of the account.</summary>
    public static MethodChoice From(PaymentMethod method) => new()
    {
        Gateway = method.Id,
        ShoppingCartRequired = method.ShoppingCartRequired,
        RequiredCustomerData = method.RequiredCustomerData
    };

    /// <summary>Whether the order has to have a cart, whatever the owner has set.</summary>
    public bool NeedsCart => ShoppingCartRequired || IsPayLater;

    /// <summary>Whether the customer pays after delivery.</summary>
    public bool IsPayLater => PayLaterMethods.Contains(Gateway);

    /// <summary>Whether MultiSafepay asks for this fact.</summary>
    public bool Requires(string fact) => RequiredCustomerData.Contains(fact, StringComparer.OrdinalIgnoreCase);
}
