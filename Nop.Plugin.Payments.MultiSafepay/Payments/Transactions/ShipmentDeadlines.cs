using System.Collections.Frozen;
using Nop.Plugin.Payments.MultiSafepay.Api;

namespace Nop.Plugin.Payments.MultiSafepay.Payments.Transactions;

/// <summary>
/// Until when an accepted pay-later payment must be reported as shipped, before it expires. From MultiSafepay's page of each method (docs.multisafepay.com, as of August 2025); a method whose
/// page names no term has none here: the owner of e-invoicing defines it, in3 needs no shipment.
/// </summary>
public static class ShipmentDeadlines
{
    /// <summary>The number of days by which Klarna's term is extended (OpenAPI description, Extend Klarna expiration: six weeks).</summary>
    public const int ExtensionDays = 42;

    /// <summary>
    /// The number of days before the end of a term at which the owner is warned at the latest, because an order cannot always be shipped within a day or two. No source; chosen.
    /// </summary>
    public const int LeastDaysToShip = 5;

    // After the first part, the rest must be shipped within this time (pages of Pay After Delivery and of its instalments, Expiration and extensions). It can be extended in the dashboard.
    private const int DaysAfterPart = 14;

    // Klarna: "you didn't change the order status to shipped within 28 days". Riverty: "you didn't ship within 90 days of creating the transaction". Pay After Delivery: "30 days after it was
    // created". Its instalments: 14. Billink: expired "within 30 days", and the shipment "prevents the order from expiring".
    private static readonly FrozenDictionary<string, int> _days = new Dictionary<string, int>
    {
        ["KLARNA"] = 28,
        ["AFTERPAY"] = 90,
        ["PAYAFTER"] = 30,
        ["BNPL_MF"] = 30,
        ["BNPL_INST"] = 14,
        ["BNPL_INSTM"] = 14,
        ["BILLINK"] = 30
    }.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);

    /// <summary>The term of a method in days from the creation of its transaction; null if none is documented.</summary>
    /// <param name="method">MultiSafepay's code of the method; null if it is not known.</param>
    public static int? DaysOf(string? method) => method is not null && _days.TryGetValue(method, out var days) ? days : null;

    /// <summary>Whether a payment was accepted by the provider of a pay-later method and still waits for its shipment.</summary>
    public static bool IsWaiting(Transaction transaction) => PayLaterMethods.Contains(transaction.PaymentDetails?.Type)
        && transaction.Status.Trim().ToLowerInvariant() is TransactionStatus.Completed or TransactionStatus.PartialRefunded
        && !string.Equals(transaction.FinancialStatus.Trim(), TransactionStatus.Completed, StringComparison.OrdinalIgnoreCase)
        && !transaction.RelatedTransactions.Any(related => string.Equals(related.Type, "chargeback", StringComparison.OrdinalIgnoreCase));

    /// <summary>Until when a payment that waits for its shipment must be reported as shipped, in UTC; null if it does not wait, or if no term is documented.</summary>
    public static DateTime? EndUtc(Transaction transaction) => IsWaiting(transaction) && DaysOf(transaction.PaymentDetails?.Type) is { } days
        ? MultiSafepayTime.ToUtc(transaction.Created)?.AddDays(days)
        : null;

    /// <summary>Until when the rest of a payment must be shipped once a part of it was, in UTC; null if no term is documented.</summary>
    /// <param name="method">MultiSafepay's code of the method; null if it is not known.</param>
    /// <param name="partUtc">When the part was reported, in UTC.</param>
    public static DateTime? EndAfterPartUtc(string? method, DateTime partUtc) =>
        ShippedParts.ArePossible(method) && DaysOf(method) is not null ? partUtc.AddDays(DaysAfterPart) : null;
}
