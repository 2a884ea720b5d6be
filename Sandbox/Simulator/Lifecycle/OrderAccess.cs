using Sandbox.Simulator.Api;
using Sandbox.Simulator.State;

namespace Sandbox.Simulator.Lifecycle;

/// <summary>The one way to an order: takes the ledger's lock, ends what has run out of time, and hands the order over.</summary>
public sealed class OrderAccess(Ledger ledger, Expiry expiry)
{
    /// <summary>An order of a site, by the shop's id or by MultiSafepay's id of one of its transactions.</summary>
    /// <exception cref="RefusalException">1006: the site has no such order.</exception>
    public T With<T>(SimulatorSite site, string id, Func<SimulatedOrder, T> work)
    {
        // The one character of an order id that the web server leaves encoded in a path.
        id = id.Replace("%2F", "/", StringComparison.OrdinalIgnoreCase);
        lock (ledger.Gate)
        {
            var order = ledger.TryFind(site, id, out var found) ? found : ByTransaction(site, id) ?? throw RefusalException.UnknownOrder();
            expiry.Settle(order);
            return work(order);
        }
    }

    /// <summary>An order of any site, for the pages and the control API.</summary>
    /// <exception cref="RefusalException">1006: there is no such order.</exception>
    public T With<T>(string id, int? siteId, Func<SimulatedOrder, T> work)
    {
        lock (ledger.Gate)
        {
            var order = ledger.Find(id, siteId) ?? throw RefusalException.UnknownOrder();
            expiry.Settle(order);
            return work(order);
        }
    }

    /// <summary>The order of a payment link; null when there is no such link.</summary>
    public T? WithSession<T>(string sessionId, Func<SimulatedOrder, PaymentSession, T> work)
        where T : class
    {
        lock (ledger.Gate)
        {
            if (ledger.FindSession(sessionId) is not var (order, session))
                return null;
            expiry.Settle(order);
            return work(order, session);
        }
    }

    /// <summary>All orders, newest first.</summary>
    public IReadOnlyList<T> All<T>(Func<SimulatedOrder, T> read)
    {
        lock (ledger.Gate)
        {
            foreach (var order in ledger.Orders.ToList())
                expiry.Settle(order);
            return [.. ledger.Orders.Select(read)];
        }
    }

    private SimulatedOrder? ByTransaction(SimulatorSite site, string id) =>
        long.TryParse(id, System.Globalization.CultureInfo.InvariantCulture, out var number)
            ? ledger.Orders.FirstOrDefault(order => order.Site.SiteId == site.SiteId && order.Transactions.Exists(transaction => transaction.Id == number))
            : null;
}
