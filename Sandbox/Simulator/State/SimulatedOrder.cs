using Sandbox.Simulator.Notifications;

namespace Sandbox.Simulator.State;

/// <summary>Everything known under one order id of one site. Guarded by <see cref="Ledger.Gate"/>.</summary>
public sealed class SimulatedOrder(SimulatorSite site, string orderId, ResponseShape shape)
{
    public SimulatorSite Site { get; } = site;

    public string OrderId { get; } = orderId;

    public ResponseShape Shape { get; } = shape;

    /// <summary>One for each accepted POST orders: the same order id may be tried again until it is paid.</summary>
    public List<PaymentSession> Sessions { get; } = [];

    public List<SimulatedTransaction> Transactions { get; } = [];

    public List<Delivery> Deliveries { get; } = [];

    public DateTimeOffset Modified { get; set; }

    /// <summary>What the shop told of the shipment, field by field as PATCH orders names them.</summary>
    public SortedDictionary<string, string> Shipment { get; } = new(StringComparer.Ordinal);

    /// <summary>The shop asked to leave the customer alone: no more reminder e-mails.</summary>
    public bool Excluded { get; set; }

    public PaymentSession Session => Sessions[^1];

    /// <summary>The transaction that GET orders shows: the last one that succeeded or is under review, otherwise the last one of the newest link.</summary>
    public SimulatedTransaction? Current =>
        Transactions.LastOrDefault(transaction => transaction.Completed is not null)
        ?? Transactions.LastOrDefault(transaction => transaction.Status == State.Status.Uncleared)
        ?? Transactions.LastOrDefault(transaction => transaction.Session == Session);

    public string Status => Current?.Status ?? Session.ClosedAs ?? State.Status.Initialized;

    public string FinancialStatus => Current?.FinancialStatus ?? Session.ClosedAs ?? State.Status.Initialized;

    public DateTimeOffset Created => Sessions[0].Created;

    public bool IsUsed => Transactions.Any(transaction => transaction.Completed is not null);

    /// <summary>Money taken under this order id, in minor units, without what is an order of its own.</summary>
    public long Charged => Transactions.Where(transaction => transaction.IsPaid).Sum(transaction => transaction.Unshipped);

    /// <summary>Money reserved on a card and neither captured nor released.</summary>
    public long Authorized => Transactions.Where(transaction => transaction.IsAuthorization).Sum(CaptureRemain);

    public long Captured => Transactions.Sum(transaction => transaction.Authorization?.Captured ?? 0);

    public long Refunded => Transactions.Sum(transaction => transaction.Refunded);

    public long Reserved => Transactions.Sum(transaction => transaction.Reserved);

    public long ChargedBack => Transactions.Sum(transaction => transaction.ChargedBack);

    public static long CaptureRemain(SimulatedTransaction transaction) =>
        transaction.Authorization is { } held ? transaction.Amount - held.Captured - held.Released : 0;
}
