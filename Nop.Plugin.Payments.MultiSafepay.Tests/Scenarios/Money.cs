using System.Globalization;
using Sandbox.Simulator.State;

namespace Nop.Plugin.Payments.MultiSafepay.Tests.Scenarios;

/// <summary>Where the money of a purchase is, by MultiSafepay's books: all attempts and captures together, in minor units of the currency that was charged.</summary>
internal sealed record Money(IReadOnlyList<SimulatedOrder> Orders, Func<PaymentSession, bool> Owns)
{
    private IEnumerable<SimulatedTransaction> Transactions => Orders.SelectMany(order => order.Transactions).Where(transaction => Owns(transaction.Session));

    private IEnumerable<SimulatedTransaction> Paid => Transactions.Where(transaction => transaction.IsPaid);

    private IEnumerable<SimulatedRelatedTransaction> Refunds => Paid.SelectMany(transaction => transaction.Refunds).Where(refund => refund.Status == Status.Completed);

    /// <summary>Payments that the customer made: of a payment that is captured by hand, the authorisation.</summary>
    public IReadOnlyList<SimulatedTransaction> Payments => [.. Transactions.Where(transaction => transaction is { Completed: not null, CaptureOf: null, PartOf: null, Withdrawn: false })];

    /// <summary>Payments that a provider had accepted, and that came to nothing.</summary>
    public IReadOnlyList<SimulatedTransaction> Withdrawn => [.. Transactions.Where(transaction => transaction.Withdrawn)];

    /// <summary>What was taken of holds by orders of their own.</summary>
    public IReadOnlyList<SimulatedTransaction> Captures => [.. Transactions.Where(transaction => transaction.CaptureOf is not null)];

    public IReadOnlyList<SimulatedTransaction> Authorizations => [.. Transactions.Where(transaction => transaction.IsAuthorization)];

    public long Charged => Paid.Sum(transaction => transaction.Unshipped);

    /// <summary>Whether all of it came in, and not only a part of what a card held.</summary>
    public bool IsWhole => Payments.Count > 0 && Charged >= Payments[0].Amount;

    public long Captured => Paid.Where(transaction => transaction.CaptureOf is not null).Sum(transaction => transaction.Amount);

    public long Held => Transactions.Where(transaction => transaction.IsAuthorization).Sum(SimulatedOrder.CaptureRemain);

    public long Refunded => Refunds.Sum(refund => refund.Amount);

    public int RefundCount => Refunds.Count();

    /// <summary>When the first refund was asked for; null where there is none.</summary>
    public DateTimeOffset? FirstRefund => Refunds.Select(refund => (DateTimeOffset?)refund.Created).Min();

    /// <summary>The refunds that the owner asked for in the shop.</summary>
    public IReadOnlyList<SimulatedRelatedTransaction> ShopRefunds => [.. Refunds.Where(IsAskedFor)];

    /// <summary>Those of them that waited, and were declined.</summary>
    public int DeclinedByBank => Paid.SelectMany(transaction => transaction.Refunds)
        .Count(refund => IsAskedFor(refund) && refund is { IsWaiting: false, Status: not (Status.Completed or Status.Void) });

    public long RefundedByShop => ShopRefunds.Sum(refund => refund.Amount);

    public long ChargedBack => Transactions.Sum(transaction => transaction.ChargedBack);

    public bool WasChargedBack => Related(RelatedType.Chargeback);

    public bool IsReversed => Related(RelatedType.ReverseChargeback);

    public bool IsInReview => Transactions.Any(transaction => transaction.Status == Status.Uncleared);

    /// <summary>What is there of the customer's money.</summary>
    public long Kept => Charged + Held - Refunded - ChargedBack;

    /// <summary>Whether money came in, and not only a promise of it.</summary>
    public bool IsPaid => Paid.Any();

    /// <summary>Whether MultiSafepay has told anything of it since.</summary>
    public bool IsToldAfter(DateTimeOffset time) => Orders.Any(order => order.Deliveries.Exists(delivery => delivery.Created > time && !delivery.IsPretransaction));

    public static Money From(Purchase purchase, Ledger ledger) => new(purchase.OrdersIn(ledger), purchase.Owns);

    /// <summary>The links by which somebody could pay. A payment with a saved card has none of its own, but for the page of the bank while it is open.</summary>
    public IEnumerable<(SimulatedOrder Order, PaymentSession Session)> Payable(DateTimeOffset now) => Orders.Where(order => !order.IsUsed && !IsShared(order))
        .SelectMany(order => order.Sessions.Where(session => (session is { ClosedAs: null, Token: null } && session.ExpiresAt > now) || order.Transactions.Exists(transaction =>
            transaction.Session == session && transaction.Status is Status.Initialized or Status.Uncleared && (transaction.ExpiresAt is null || transaction.ExpiresAt > now)))
            .Select(session => (order, session)));

    // What another shop has under the id cannot be called off, and ours below it neither.
    private bool IsShared(SimulatedOrder order) => order.Sessions.Exists(session => !Owns(session));

    public override string ToString() => string.Create(CultureInfo.InvariantCulture,
        $"charged {Charged}, held {Held}, captured {Captured}, refunded {Refunded} ({RefundedByShop} by the shop), charged back {ChargedBack}, "
        + $"{string.Join(", ", Orders.Select(order => $"{order.OrderId} {order.Status}/{order.FinancialStatus}"))}");

    // The shop's refunds carry the order's GUID; a late payment goes back by the owner's policy, under an id of its own.
    private static bool IsAskedFor(SimulatedRelatedTransaction refund) => refund.Var1 is not null && !refund.OrderId.EndsWith("-late", StringComparison.Ordinal);

    private bool Related(string type) => Paid.Any(transaction => transaction.Related.Exists(related => related.Type == type));
}
