using System.Collections.Frozen;
using Nop.Plugin.Payments.MultiSafepay.Api;

namespace Nop.Plugin.Payments.MultiSafepay.Payments.Transactions;

/// <summary>The payment methods that are card payments at MultiSafepay, including the wallets that contain a card.</summary>
public static class CardMethods
{
    /// <summary>The code under which MultiSafepay lists all card brands as one method (OpenAPI description, payment methods: group_cards).</summary>
    public const string Group = "CREDITCARD";

    private static readonly FrozenSet<string> _cards = FrozenSet.Create(StringComparer.OrdinalIgnoreCase,
        "VISA", "MASTERCARD", "MAESTRO", "AMEX", Group, "DINERS", "DISCOVER", "JCB", "CUP", "VPAY", "DANKORT", "CARTEBANCAIRE", "POSTEPAY", "APPLEPAY", "GOOGLEPAY");

    private static readonly FrozenSet<string> _wallets = FrozenSet.Create(StringComparer.OrdinalIgnoreCase, "APPLEPAY", "GOOGLEPAY");

    /// <summary>The name of the wallet with this code of MultiSafepay, if customers pay with a card that is in it; null otherwise.</summary>
    public static string? WalletName(string? method) => method is not null && _wallets.Contains(method) ? MethodNames.Of(method) : null;

    /// <summary>Whether a method is a card payment.</summary>
    /// <param name="method">MultiSafepay's code of the method; null if it is not known.</param>
    public static bool Contains(string? method) => method is not null && _cards.Contains(method);

    /// <summary>
    /// Whether MultiSafepay holds a payment with the status <c>uncleared</c> until the owner accepts or declines it. According to MultiSafepay's documented statuses of its payment methods,
    /// this is the case for cards whose financial status is <c>uncleared</c> too; the caller checks the status itself. Other methods are uncleared while the customer or the provider
    /// has not acted yet, and nobody can accept them.
    /// </summary>
    public static bool IsUnderReview(Transaction transaction) => Contains(transaction.PaymentDetails?.Type)
        && string.Equals(transaction.FinancialStatus.Trim(), TransactionStatus.Uncleared, StringComparison.OrdinalIgnoreCase);
}
