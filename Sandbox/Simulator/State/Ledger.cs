using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;

namespace Sandbox.Simulator.State;

/// <summary>All orders of all sites, in memory. Whoever reads or changes an order holds <see cref="Gate"/>; the oldest orders are forgotten.</summary>
public sealed class Ledger(SimulatorOptions options, TimeProvider time)
{
    private const int MaxSessions = 50;
    private readonly Dictionary<(int Site, string OrderId), SimulatedOrder> _orders = [];
    private readonly Dictionary<string, (SimulatedOrder Order, PaymentSession Session)> _sessions = new(StringComparer.Ordinal);
    private readonly LinkedList<SimulatedOrder> _byAge = [];
    private long _lastId;

    public Lock Gate { get; } = new();

    public DateTimeOffset Now => time.GetUtcNow();

    /// <summary>The shape of every order that has no switch of its own.</summary>
    public ResponseShape Shape { get; } = new();

    /// <summary>Newest first.</summary>
    public IEnumerable<SimulatedOrder> Orders => _byAge;

    /// <summary>Needs no lock: the sites never change.</summary>
    public SimulatorSite? SiteOf(string? apiKey) =>
        apiKey is null ? null : options.Sites.FirstOrDefault(site => string.Equals(site.ApiKey, apiKey.Trim(), StringComparison.Ordinal));

    public bool TryFind(SimulatorSite site, string orderId, [NotNullWhen(true)] out SimulatedOrder? order) =>
        _orders.TryGetValue((site.SiteId, orderId), out order);

    /// <summary>Across sites, for the pages and the control API, which know no key.</summary>
    public SimulatedOrder? Find(string orderId, int? siteId = null) =>
        _byAge.FirstOrDefault(order => order.OrderId == orderId && (siteId is null || order.Site.SiteId == siteId));

    public (SimulatedOrder Order, PaymentSession Session)? FindSession(string sessionId) =>
        _sessions.TryGetValue(sessionId, out var found) ? found : null;

    /// <summary>A refund that was given an order id of its own.</summary>
    public (SimulatedTransaction Transaction, SimulatedRelatedTransaction Refund)? FindRefund(SimulatorSite site, string orderId)
    {
        if (TryFind(site, orderId, out _))
            return null;

        foreach (var transaction in _byAge.Where(order => order.Site.SiteId == site.SiteId).SelectMany(order => order.Transactions))
        {
            if (transaction.Refunds.FirstOrDefault(refund => refund.OrderId == orderId) is { } refund)
                return (transaction, refund);
        }

        return null;
    }

    public SimulatedOrder GetOrAdd(SimulatorSite site, string orderId)
    {
        if (TryFind(site, orderId, out var known))
            return known;

        while (_byAge.Count >= options.MaxOrders)
            Forget(_byAge.Last!.Value);

        var order = new SimulatedOrder(site, orderId, new ResponseShape(Shape));
        _orders.Add((site.SiteId, orderId), order);
        _byAge.AddFirst(order);
        return order;
    }

    public void AddSession(SimulatedOrder order, PaymentSession session)
    {
        // A shop that tries again for ever: its first attempts are forgotten.
        if (order.Sessions.Count == MaxSessions)
        {
            var oldest = order.Sessions[0];
            order.Sessions.RemoveAt(0);
            order.Transactions.RemoveAll(transaction => transaction.Session == oldest);
            _sessions.Remove(oldest.Id);
        }

        order.Sessions.Add(session);
        order.Modified = session.Created;
        _sessions.Add(session.Id, (order, session));
    }

    public void Clear()
    {
        _orders.Clear();
        _sessions.Clear();
        _byAge.Clear();
        Shape.Clear();
    }

    /// <summary>Longer than an int and rising, as MultiSafepay's own ids are.</summary>
    public long NextTransactionId()
    {
        _lastId = Math.Max(_lastId + RandomNumberGenerator.GetInt32(10, 1000), Now.ToUnixTimeMilliseconds() * 1000);
        return _lastId;
    }

    public static string NewSessionId() => RandomNumberGenerator.GetString("ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz23456789", 35);

    private void Forget(SimulatedOrder order)
    {
        _orders.Remove((order.Site.SiteId, order.OrderId));
        _byAge.Remove(order);
        foreach (var session in order.Sessions)
            _sessions.Remove(session.Id);
    }
}
