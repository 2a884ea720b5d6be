using Nop.Web.Framework.Models;

namespace Nop.Plugin.Payments.MultiSafepay.Subscriptions;

/// <summary>The model of the page with the customer's subscriptions.</summary>
public record MySubscriptionsModel : BaseNopModel
{
    /// <summary>The number by which the navigation of the customer's account knows the page; none of nopCommerce's own (CustomerNavigationEnum in 4.90.6 ends at 150).</summary>
    public const int NavigationTab = 4811;

    /// <summary>The subscriptions, in the order in which they are shown.</summary>
    public required IReadOnlyList<MySubscription> Subscriptions { get; init; }
}

/// <summary>A subscription on the page, with texts for people.</summary>
/// <param name="Id">The recurring payment's id in nopCommerce.</param>
/// <param name="OrderNumber">The number of the first order.</param>
/// <param name="Amount">The amount of each payment, with its currency.</param>
/// <param name="Interval">The interval.</param>
/// <param name="State">How it stands; empty if the next payment is simply made.</param>
/// <param name="Method">The payment method of the next payments; empty if there is none that can be charged.</param>
/// <param name="Next">The date of the next payment, in the customer's time zone; empty if there is none.</param>
/// <param name="Change">What the customer can do about the card.</param>
public sealed record MySubscription(int Id, string OrderNumber, string Amount, string Interval, string State, string Method, string Next, CardChange Change);

/// <summary>What a customer can do about the card of a subscription.</summary>
public enum CardChange
{
    /// <summary>Ask for the payment link with the next payment.</summary>
    Ask,

    /// <summary>Pay the open order with another card.</summary>
    Pay,

    /// <summary>Nothing: the next payment is made by link anyway.</summary>
    Asked,

    /// <summary>Nothing: the last payment, or the first one, is under way.</summary>
    None
}
