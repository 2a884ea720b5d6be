using System.Net;
using Nop.Core.Domain.Orders;
using Sandbox.Simulator.State;

namespace Nop.Plugin.Payments.MultiSafepay.Tests.Scenarios;

/// <summary>An order of the shop, and what is known of it outside of the plugin: what its customer and the owner did and saw.</summary>
internal sealed class Purchase(Order order, CookieContainer cookies)
{
    public int OrderId => order.Id;

    public Guid Guid => order.OrderGuid;

    public CookieContainer Cookies => cookies;

    /// <summary>The payment links that the customer has seen, as ids of sessions.</summary>
    public List<string> Links { get; } = [];

    public List<RefundWish> Wishes { get; } = [];

    /// <summary>What the owner booked as refunded without MultiSafepay.</summary>
    public decimal RefundedOffline { get; set; }

    /// <summary>How many times that was done.</summary>
    public int OfflineRefunds { get; set; }

    /// <summary>The owner has set the payment status: by other means than this plugin, which has to leave it alone.</summary>
    public bool IsSetByHand => IsStatusChanged || MarkedPaid is not null;

    /// <summary>The owner has set the payment status to anything, at least once.</summary>
    public bool IsStatusChanged { get; set; }

    /// <summary>When the owner marked it as paid, and nopCommerce let it happen; null for never.</summary>
    public DateTimeOffset? MarkedPaid { get; set; }

    /// <summary>What the order has cost, and since when, in the primary store currency. Where the owner's node died, or somebody else saved the order, it may not have come to that.</summary>
    public List<(DateTimeOffset At, decimal Total)> Totals { get; } = [(DateTimeOffset.MinValue, order.OrderTotal)];

    /// <summary>Whether the owner has edited the total.</summary>
    public bool IsTotalEdited => Totals.Count > 1;

    /// <summary>A transfer came although its payment had been called off: the customer may have paid once more meanwhile.</summary>
    public bool IsPaidLate { get; set; }

    /// <summary>All of a hold was captured in MultiSafepay's dashboard, whatever the order cost.</summary>
    public bool IsCapturedElsewhere { get; set; }

    /// <summary>The orders of another shop under the ids of this one.</summary>
    public List<OtherShopOrder> Others { get; } = [];

    /// <summary>Whether MultiSafepay has it for this order, and not for another shop's.</summary>
    public bool Owns(PaymentSession session) => ((string?)session.Request["var1"])?.StartsWith(Guid.ToString(), StringComparison.Ordinal) == true;

    /// <summary>The owner looks at the order: a refund that it shows by now need not be asked for again, and the same amount once more would be another refund.</summary>
    public void Look(Order shown)
    {
        foreach (var wish in Wishes.Where(wish => shown.RefundedAmount >= wish.RefundedBefore + wish.Amount))
            wish.IsDone = true;
    }

    /// <summary>What MultiSafepay knows under this order's GUID: one order for each attempt and each capture.</summary>
    public IReadOnlyList<SimulatedOrder> OrdersIn(Ledger ledger)
    {
        lock (ledger.Gate)
            return [.. ledger.Orders.Where(other => other.Sessions.Exists(Owns)).Reverse()];
    }
}

/// <summary>What the owner wants to give back, however often it takes to press the button.</summary>
/// <param name="Amount">In the shop's currency.</param>
/// <param name="RefundedBefore">What the order counted as refunded when the owner began.</param>
internal sealed record RefundWish(decimal Amount, decimal RefundedBefore)
{
    /// <summary>The shop said that it was done.</summary>
    public bool IsConfirmed { get; set; }

    /// <summary>The shop said that it was done, or the order shows it.</summary>
    public bool IsDone { get; set; }
}

/// <summary>An order of another shop of the same MultiSafepay site, under an order id of ours, and what was done to it there.</summary>
internal sealed record OtherShopOrder(SimulatedOrder Order, PaymentSession Session)
{
    /// <summary>How many refunds the other shop has made.</summary>
    public int Refunds { get; set; }

    /// <summary>Whether the other shop's customer has cancelled.</summary>
    public bool IsLeft { get; set; }

    /// <summary>Our shop has made an order under the same id after it: MultiSafepay has put that in its place.</summary>
    public bool IsReplaced => Order.Session != Session && Order.Sessions.IndexOf(Session) < Order.Sessions.Count - 1;
}
