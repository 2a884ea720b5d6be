using Nop.Plugin.Payments.MultiSafepay.Api;
using Nop.Plugin.Payments.MultiSafepay.Payments.Transactions;
using Nop.Plugin.Payments.MultiSafepay.SavedCards;

namespace Nop.Plugin.Payments.MultiSafepay.Checkout.Methods;

/// <summary>The payment method of an order, as far as it affects the request.</summary>
public sealed record MethodChoice
{
    private readonly string? _name;

    /// <summary>No method; the customer chooses on MultiSafepay's payment page.</summary>
    public static MethodChoice PaymentPage { get; } = new();

    /// <summary>The gateway code, such as <c>IDEAL</c>; null for the payment page.</summary>
    public string? Gateway { get; init; }

    /// <summary>The name of the method for people: MultiSafepay's, as far as its list is known; empty for the payment page.</summary>
    public string Name
    {
        get => _name ?? (Gateway is null ? string.Empty : MethodNames.Of(Gateway));
        init => _name = value;
    }

    /// <summary>The value of MultiSafepay's <c>shopping_cart_required</c>.</summary>
    public bool ShoppingCartRequired { get; init; }

    /// <summary>The value of MultiSafepay's <c>required_customer_data</c>: the customer data that the method requires, sent only if required.</summary>
    public IReadOnlyCollection<string> RequiredCustomerData { get; init; } = [];

    /// <summary>What the account says about capturing the method by hand; null if it says nothing.</summary>
    public ManualCaptureSupport? ManualCapture { get; init; }

    /// <summary>The data that the customer has entered for the method; kept only while the request is made.</summary>
    public RequiredCustomerData? CustomerData { get; init; }

    /// <summary>The saved card that is charged; null for none. Kept only while the request is made.</summary>
    public SavedCard? Card { get; init; }

    /// <summary>The name under which MultiSafepay stores the customer's cards; null if no card is used or saved. Kept only while the request is made.</summary>
    public string? CustomerReference { get; init; }

    /// <summary>
    /// What the stored payment details are for: a value of <see cref="Api.RecurringModel"/>; of no effect without <see cref="CustomerReference"/>.
    /// </summary>
    public string RecurringModel { get; init; } = Api.RecurringModel.CardOnFile;

    /// <summary>When the customer agreed to the later payments of a subscription, in UTC; null if not with this payment.</summary>
    public DateTime? ConsentUtc { get; init; }

    /// <summary>Whether it is a payment of a subscription.</summary>
    public bool IsSubscription => CustomerReference is not null && RecurringModel == Api.RecurringModel.Subscription;

    /// <summary>Creates a choice from a method of the account.</summary>
    public static MethodChoice From(PaymentMethod method) => new()
    {
        Gateway = method.Id,
        Name = MethodAvailability.NameOf(method),
        ShoppingCartRequired = method.ShoppingCartRequired,
        RequiredCustomerData = method.RequiredCustomerData,
        ManualCapture = method.ManualCapture
    };

    /// <summary>Whether the order must contain a cart, regardless of the owner's settings.</summary>
    public bool NeedsCart => ShoppingCartRequired || IsPayLater;

    /// <summary>Whether the customer pays after delivery.</summary>
    public bool IsPayLater => PayLaterMethods.Contains(Gateway);

    /// <summary>Whether the method requires this field of customer data.</summary>
    public bool Requires(string fact) => RequiredCustomerData.Contains(fact, StringComparer.OrdinalIgnoreCase);
}
