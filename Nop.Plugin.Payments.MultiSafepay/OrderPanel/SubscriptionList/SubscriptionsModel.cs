using Nop.Plugin.Payments.MultiSafepay.Subscriptions;
using Nop.Web.Framework.Models;

namespace Nop.Plugin.Payments.MultiSafepay.OrderPanel.SubscriptionList;

/// <summary>The owner's page of subscriptions.</summary>
public record SubscriptionsModel : BaseNopModel
{
    /// <summary>The lines, in the order in which they are shown.</summary>
    public required IReadOnlyList<SubscriptionsLine> Lines { get; init; }

    /// <summary>The state of the subscriptions that are shown; null for all.</summary>
    public required SubscriptionState? State { get; init; }

    /// <summary>The states that can be chosen, with their localized names.</summary>
    public required IReadOnlyList<(SubscriptionState State, string Name)> States { get; init; }

    /// <summary>The number of the page, from 1.</summary>
    public required int Number { get; init; }

    /// <summary>The number of pages.</summary>
    public required int Pages { get; init; }
}

/// <summary>A line of the page, with texts for people.</summary>
/// <param name="OrderId">The first order's id in nopCommerce.</param>
/// <param name="OrderNumber">The number of the first order.</param>
/// <param name="Customer">The customer's e-mail address; empty if there is none.</param>
/// <param name="Interval">The interval.</param>
/// <param name="State">How it stands.</param>
/// <param name="Method">The payment method of the next payments; empty if there is none that can be charged.</param>
/// <param name="Amount">The amount of each payment, with its currency.</param>
/// <param name="Next">The time of the next payment, in the owner's time zone; empty if there is none.</param>
/// <param name="Left">The number of payments that are not made yet.</param>
public sealed record SubscriptionsLine(int OrderId, string OrderNumber, string Customer, string Interval, string State, string Method, string Amount, string Next, string Left);
