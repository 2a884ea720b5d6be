using Nop.Plugin.Payments.MultiSafepay.Api;
using Nop.Plugin.Payments.MultiSafepay.Payments.Records;

namespace Nop.Plugin.Payments.MultiSafepay.Payments.Transactions;

/// <summary>What is known of the chargebacks of a payment, for the decision about an order and for what people read of it.</summary>
internal static class Chargebacks
{
    private const string ChargebackType = "chargeback";
    private const string ReversalType = "reverse-chargeback";

    /// <summary>The chargebacks that MultiSafepay lists with a transaction.</summary>
    public static IEnumerable<RelatedTransaction> In(Transaction transaction) => Related(transaction, ChargebackType);

    /// <summary>The reversed chargebacks that MultiSafepay lists with a transaction.</summary>
    public static IEnumerable<RelatedTransaction> ReversalsIn(Transaction transaction) => Related(transaction, ReversalType);

    /// <summary>Whether a provider has only accepted the customer and nothing was shipped, so that no money had been received that could be taken back.</summary>
    /// <param name="gateway">MultiSafepay's code of the payment method; null if it is not known.</param>
    /// <param name="attempt">The payment; null if there is none.</param>
    /// <param name="record">The record of its order.</param>
    public static bool IsAcceptedOnly(string? gateway, PaymentAttempt? attempt, PaymentRecord record) =>
        PayLaterMethods.Contains(gateway) && attempt?.State != TransactionState.Shipped && !record.IsReportedAsShipped;

    private static IEnumerable<RelatedTransaction> Related(Transaction transaction, string type) => transaction.RelatedTransactions
        .Where(related => string.Equals(related.Type?.Replace('_', '-'), type, StringComparison.OrdinalIgnoreCase));
}
