using System.Collections.Frozen;
using Nop.Plugin.Payments.MultiSafepay.Api;

namespace Nop.Plugin.Payments.MultiSafepay.Payments.Transactions;

/// <summary>
/// Combines the parts of a pay-later payment that was shipped in parts. MultiSafepay has several orders for it: the invoice order, which keeps its status and is never completed, and one
/// for each part, which is where refunds happen (docs.multisafepay.com, e-invoicing and Pay After Delivery, Partially ship order).
/// </summary>
public static class ShippedParts
{
    private static readonly FrozenSet<string> _methods = FrozenSet.Create(StringComparer.OrdinalIgnoreCase, "EINVOICE", "PAYAFTER", "BNPL_MF", "BNPL_INST", "BNPL_INSTM");

    /// <summary>
    /// Whether MultiSafepay documents partial shipments for a method: e-invoicing, Pay After Delivery and its instalments. The account must have them, too, which MultiSafepay activates on request.
    /// </summary>
    /// <param name="method">MultiSafepay's code of the method; null if it is not known.</param>
    public static bool ArePossible(string? method) => method is not null && _methods.Contains(method);

    /// <summary>The parts of a payment that its invoice order names: no document says where it does, so a related capture with an order id of its own counts as one.</summary>
    public static IEnumerable<(string OrderId, long Amount)> In(Transaction payment) => !ArePossible(payment.PaymentDetails?.Type)
        ? []
        : payment.RelatedTransactions.Where(CapturedPayments.IsMade)
            .Where(related => related is { OrderId.Length: > 0, Amount: > 0 } && related.OrderId != payment.OrderId)
            .DistinctBy(related => related.OrderId, StringComparer.Ordinal)
            .Select(related => (related.OrderId!, related.Amount!.Value));

    /// <summary>Whether a transaction can be the order of a part: MultiSafepay notifies each part as shipped.</summary>
    public static bool CanBePart(Transaction transaction) => ArePossible(transaction.PaymentDetails?.Type) && transaction is { Amount: > 0, OrderId.Length: > 0 }
        && string.Equals(transaction.Status.Trim(), TransactionStatus.Shipped, StringComparison.OrdinalIgnoreCase);

    /// <summary>
    /// The whole payment as one transaction: the identity of the invoice order, with the refunds of its parts. It counts as shipped once all of it was shipped. If the rest was cancelled or
    /// expired, the payment is what was shipped of it.
    /// </summary>
    /// <param name="invoice">The invoice order, as MultiSafepay reports it.</param>
    /// <param name="parts">The orders of the parts.</param>
    public static Transaction Whole(Transaction invoice, IReadOnlyList<Transaction> parts)
    {
        var live = parts.Where(part => !TransactionStates.From(part).IsTerminalUnpaid()).ToList();
        var shipped = CapturedPayments.Sum(live.Select(part => part.Amount));
        if (shipped <= 0)
            return invoice;

        var known = In(invoice).Select(part => part.OrderId).ToHashSet(StringComparer.Ordinal);
        var unrelated = live.Where(part => !known.Contains(part.OrderId)).Select(part => CapturedPayments.RelationOf(part));
        var hasEnded = TransactionStates.From(invoice).IsTerminalUnpaid();
        var amount = hasEnded ? shipped : invoice.Amount ?? shipped;
        var refunded = CapturedPayments.Sum(live.Append(invoice).Select(part => (long?)RefundStatuses.AmountOf(part)));
        var isLost = live.Exists(part => TransactionStates.From(part) == TransactionState.Chargeback);
        return invoice with
        {
            Amount = amount,
            Status = isLost ? TransactionStatus.Chargedback : refunded >= amount ? TransactionStatus.Refunded : refunded > 0 ? TransactionStatus.PartialRefunded
                : shipped >= amount ? TransactionStatus.Shipped : TransactionStatus.Completed,
            FinancialStatus = refunded > 0 && refunded < amount ? TransactionStatus.PartialRefunded
                : refunded > 0 || live.TrueForAll(IsSettled) ? TransactionStatus.Completed : TransactionStatus.Uncleared,
            AmountRefunded = refunded,
            RelatedTransactions = [.. invoice.RelatedTransactions, .. unrelated, .. live.SelectMany(part => part.RelatedTransactions)]
        };
    }

    private static bool IsSettled(Transaction part) => string.Equals(part.FinancialStatus.Trim(), TransactionStatus.Completed, StringComparison.OrdinalIgnoreCase);
}
