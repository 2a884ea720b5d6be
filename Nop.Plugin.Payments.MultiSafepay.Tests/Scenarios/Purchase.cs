using System.Net;
using Nop.Core.Domain.Orders;
using Sandbox.Simulator.Books;

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
    public bool IsSetByHand { get; set; }

    /// <summary>The owner looks at the order: a refund that it shows by now need not be asked for again, and the same amount once more would be another refund.</summary>
    public void Look(Order shown)
    {
        foreach (var wish in Wishes.Where(wish => shown.RefundedAmount >= wish.RefundedBefore + wish.Amount))
            wish.IsDone = true;
    }

    /// <summary>What MultiSafepay knows under this order's GUID: one order for each attempt and each capture.</summary>
    public IReadOnlyList<SimulatedOrder> Books(Ledger ledger)
    {
        lock (ledger.Gate)
            return [.. ledger.Orders.Where(other => other.Sessions.Exists(session => ((string?)session.Request["var1"])?.StartsWith(Guid.ToString(), StringComparison.Ordinal) == true)).Reverse()];
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
