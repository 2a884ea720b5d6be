using Sandbox.Simulator.Control;
using Sandbox.Simulator.Gateways;
using Sandbox.Simulator.Lifecycle;
using Sandbox.Simulator.Notifications;
using Sandbox.Simulator.State;

namespace Sandbox.Simulator.Pages;

/// <summary>What the overview shows of an order: a copy, so that the page needs no lock.</summary>
public sealed record OrderRow(
    int SiteId,
    string OrderId,
    string? Gateway,
    string Status,
    string FinancialStatus,
    string Currency,
    long Amount,
    long Refunded,
    string? LastDelivery,
    DateTimeOffset Modified)
{
    public string Link => $"/order?site={SiteId.ToString(System.Globalization.CultureInfo.InvariantCulture)}&id={Uri.EscapeDataString(OrderId)}";

    /// <summary>The method's name, as customers read it; null before one was chosen.</summary>
    public string? GatewayName => Gateway is null ? null : GatewayCatalogue.Find(Gateway)?.Name ?? Gateway;

    public string Money(long minorUnits) => Currencies.Show(minorUnits, Currency);

    public static OrderRow From(SimulatedOrder order) => new(
        order.Site.SiteId,
        order.OrderId,
        order.Current?.GatewayId ?? order.Session.GatewayId,
        order.Status,
        order.FinancialStatus,
        order.Session.Currency,
        order.Current?.Amount ?? order.Session.Amount,
        order.Refunded,
        order.Deliveries.Count > 0 ? ControlJson.Name(order.Deliveries[^1].State) : null,
        order.Modified);
}

/// <summary>What the page of one order shows.</summary>
public sealed record OrderView(
    OrderRow Row,
    string Description,
    string? PaymentLink,
    int Openings,
    IReadOnlyList<(string Name, long Amount)> Amounts,
    IReadOnlyList<TransactionView> Transactions,
    IReadOnlyList<Delivery> Deliveries,
    IReadOnlyList<string> Possible,
    IReadOnlyList<string> Documented)
{
    public static OrderView From(SimulatedOrder order) => new(
        OrderRow.From(order),
        order.Session.Description,
        order.Session.ClosedAs is null && !order.IsUsed ? $"/pay/{order.Session.Id}/" : null,
        order.Session.Openings,
        [
            ("Charged", order.Charged), ("Authorised", order.Authorized), ("Captured from it", order.Captured), ("Refunded", order.Refunded),
            ("Refunds reserved", order.Reserved), ("Charged back", order.ChargedBack), ("Net", order.Charged - order.Refunded - order.ChargedBack),
        ],
        [.. order.Transactions.Select(TransactionView.From).Reverse()],
        [.. order.Deliveries.AsEnumerable().Reverse()],
        OrderTransitions.Possible(order),
        order.Current is { } current ? [.. DocumentedStatuses.For(current.GatewayId).Payments.Select(pair => pair.ToString())] : []);
}

/// <summary>A transaction, or one that hangs on it.</summary>
public sealed record TransactionView(
    long Id,
    string What,
    string Status,
    string FinancialStatus,
    long Amount,
    string Note,
    DateTimeOffset Created,
    IReadOnlyList<TransactionView> Related)
{
    public static TransactionView From(SimulatedTransaction transaction) => new(
        transaction.Id,
        GatewayCatalogue.Get(transaction.GatewayId).Name,
        transaction.Status,
        transaction.FinancialStatus,
        transaction.Amount,
        Describe(transaction),
        transaction.Created,
        [.. transaction.Related.Select(related => new TransactionView(
            related.Id, related.Type, related.Status, related.FinancialStatus, related.Amount, related.OrderId, related.Created, []))]);

    private static string Describe(SimulatedTransaction transaction)
    {
        var currency = transaction.Session.Currency;
        List<string> notes = [];
        if (transaction.GiftCardAmount > 0)
            notes.Add($"{Currencies.Show(transaction.GiftCardAmount, currency)} with {transaction.GiftCard}");
        if (transaction.IsAuthorization)
            notes.Add($"{Currencies.Show(SimulatedOrder.CaptureRemain(transaction), currency)} left to capture");
        if (transaction.CaptureOf is { } authorization)
            notes.Add($"captured from {authorization}");
        if (transaction.PartOf is { } whole)
            notes.Add($"shipped of {whole}");
        if (transaction.ShippedInParts > 0)
            notes.Add($"{Currencies.Show(transaction.Unshipped, currency)} left to ship");
        if (transaction.Completed is null && transaction.ExpiresAt is { } expires)
            notes.Add(FormattableString.Invariant($"expires {expires.UtcDateTime:yyyy-MM-dd HH:mm:ss} UTC"));
        return string.Join(", ", notes);
    }
}
