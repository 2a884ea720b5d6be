using System.Collections.Frozen;
using Nop.Plugin.Payments.MultiSafepay.Api;

namespace Nop.Plugin.Payments.MultiSafepay.Payments.Transactions;

/// <summary>The payment methods that are card payments at MultiSafepay, the wallets that hold a card included.</summary>
public static class CardMethods
{
    private static readonly FrozenSet<string> _cards = FrozenSet.Create(StringComparer.OrdinalIgnoreCase,
        "VISA", "MASTERCARD", "MAESTRO", "AMEX", "CREDITCARD", "DINERS", "DISCOVER", "JCB", "CUP", "VPAY", "DANKORT", "CARTEBANCAIRE", "POSTEPAY", "APPLEPAY", "GOOGLEPAY");

    /// <summary>Whether the method, in MultiSafepay's word, is a card payment.</summary>
    public static bool Contains(string? method) => method is not null && _cards.Contains(method);

    /// <summary>
    /// Whether MultiSafepay holds the payment until the merchant accepts or declines it. By the documented statuses of its payment methods that is so for cards that are
    /// <c>uncleared</c> twice; other methods are uncleared while the customer or the provider is waited for, and nobody can accept them.
    /// </summary>
    public static bool IsUnderReview(Transaction transaction) => Contains(transaction.PaymentDetails?.Type)
        && string.Equals(transaction.FinancialStatus.Trim(), TransactionStatus.Uncleared, StringComparison.OrdinalIgnoreCase);
}
