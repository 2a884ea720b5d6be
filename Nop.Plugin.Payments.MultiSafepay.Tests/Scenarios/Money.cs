using System.Globalization;
using Sandbox.Simulator.Books;

namespace Nop.Plugin.Payments.MultiSafepay.Tests.Scenarios;

/// <summary>Where the money of a purchase is, by MultiSafepay's books: all attempts and captures together, in minor units of the currency that was charged.</summary>
internal sealed record Money(IReadOnlyList<SimulatedOrder> Orders)
{
    private IEnumerable<SimulatedTransaction> Transactions => Orders.SelectMany(order => order.Transactions);

    private IEnumerable<SimulatedTransaction> Paid => Transactions.Where(transaction => transaction.IsPaid);

    private IEnumerable<RelatedTransaction> Refunds => Paid.SelectMany(transaction => transaction.Refunds).Where(refund => refund.Status == Status.Completed);

    /// <summary>Payments that the customer made: of a payment that is captured by hand, the authorisation.</summary>
    public IReadOnlyList<SimulatedTransaction> Payments => [.. Transactions.Where(transaction => transaction.Completed is not null && transaction.CaptureOf is null)];

    public IReadOnlyList<SimulatedTransaction> Authorizations => [.. Transactions.Where(transaction => transaction.IsAuthorization)];

    public long Charged => Paid.Sum(transaction => transaction.Amount);

    /// <summary>Whether all of it came in, and not only a part of what a card held.</summary>
    public bool IsWhole => Payments.Count > 0 && Charged >= Payments[0].Amount;

    public long Captured => Paid.Where(transaction => transaction.CaptureOf is not null).Sum(transaction => transaction.Amount);

    public long Held => Orders.Sum(order => order.Authorized);

    public long Refunded => Refunds.Sum(refund => refund.Amount);

    public int RefundCount => Refunds.Count();

    /// <summary>The refunds that the owner asked for in the shop.</summary>
    public IReadOnlyList<RelatedTransaction> ShopRefunds => [.. Refunds.Where(IsAskedFor)];

    /// <summary>Those of them that waited, and were declined.</summary>
    public int DeclinedByBank => Paid.SelectMany(transaction => transaction.Refunds).Count(refund => IsAskedFor(refund) && refund.Status == Status.Declined);

    public long RefundedByShop => ShopRefunds.Sum(refund => refund.Amount);

    public long ChargedBack => Orders.Sum(order => order.ChargedBack);

    public bool WasChargedBack => Related(RelatedType.Chargeback);

    public bool IsReversed => Related(RelatedType.ReverseChargeback);

    public bool IsInReview => Transactions.Any(transaction => transaction.Status == Status.Uncleared);

    /// <summary>What is there of the customer's money.</summary>
    public long Kept => Charged + Held - Refunded - ChargedBack;

    public static Money Of(IReadOnlyList<SimulatedOrder> orders) => new(orders);

    /// <summary>The links by which somebody could pay.</summary>
    public IEnumerable<PaymentSession> Payable(DateTimeOffset now) => Orders.Where(order => !order.IsUsed).SelectMany(order => order.Sessions).Where(session => session.ClosedAs is null && session.ExpiresAt > now)
        .Concat(Transactions.Where(transaction => transaction.Status is Status.Initialized or Status.Uncleared && (transaction.ExpiresAt is null || transaction.ExpiresAt > now)
            && !Orders.Any(order => order.IsUsed && order.Transactions.Contains(transaction))).Select(transaction => transaction.Session)).Distinct();

    public override string ToString() => string.Create(CultureInfo.InvariantCulture,
        $"charged {Charged}, held {Held}, captured {Captured}, refunded {Refunded} ({RefundedByShop} by the shop), charged back {ChargedBack}, {string.Join(", ", Orders.Select(order => $"{order.OrderId} {order.Status}/{order.FinancialStatus}"))}");

    // The shop's refunds carry the order's GUID; a late payment goes back by the owner's policy, under an id of its own.
    private static bool IsAskedFor(RelatedTransaction refund) => refund.Var1 is not null && !refund.OrderId.EndsWith("-late", StringComparison.Ordinal);

    private bool Related(string type) => Paid.Any(transaction => transaction.Related.Exists(related => related.Type == type));
}
