using Nop.Plugin.Payments.MultiSafepay.Api;
using Nop.Plugin.Payments.MultiSafepay.Payments.Transactions;

namespace Nop.Plugin.Payments.MultiSafepay.Checkout.Starting;

/// <summary>
/// Why a payment with a saved card was refused, as far as it changes what the customer can do. MultiSafepay answers a refusal as an order that is declined, with a code and a text of the
/// reason, or as an error (docs.multisafepay.com, Card payment errors; the documents do not say when it does which).
/// </summary>
public static class CardRefusals
{
    // "No card record" says nothing about the card that the customer could correct, unlike the other reasons that are about the card.
    private const string NoCardRecord = "3008";

    /// <summary>The refusal that an order at MultiSafepay shows; null if it is not one.</summary>
    /// <param name="transaction">The order as the answer contains it; null if it contains none.</param>
    public static PaymentStartException? Of(Transaction? transaction) => transaction is not null && TransactionStates.From(transaction).IsTerminalUnpaid()
        ? new PaymentStartException(
            Failure(transaction.ReasonCode, transaction.Reason), $"{transaction.ReasonCode} {transaction.Reason}".Trim() is { Length: > 0 } reason ? reason : transaction.Status)
        : null;

    /// <summary>The refusal that an error is about; null if the error has another reason.</summary>
    /// <param name="error">The error, of which it is known that nothing was charged.</param>
    public static PaymentStartException? Of(MultiSafepayApiException error) => error.Code switch
    {
        MultiSafepayErrorCodes.Declined => new PaymentStartException(Failure(code: null, error.Info), FormattableString.Invariant($"{error.Code} {error.Info}").Trim()),
        MultiSafepayErrorCodes.General when Says(error, "token") || Says(error, "Not found") => new PaymentStartException(PaymentStartFailure.CardGone, error.Info),
        _ => null
    };

    private static bool Says(MultiSafepayApiException error, string text) => error.Info?.Contains(text, StringComparison.OrdinalIgnoreCase) == true;

    /// <summary>What a reason means for the customer; <see cref="PaymentStartFailure.CardDeclined"/> for all that leave only another way to pay.</summary>
    /// <param name="code">MultiSafepay's code; null if it is not known.</param>
    /// <param name="text">MultiSafepay's text; null if it is not known.</param>
    internal static PaymentStartFailure Failure(string? code, string? text) => PaymentReasons.Of(code, text) switch
    {
        PaymentReason.Authentication => PaymentStartFailure.CardAuthentication,
        PaymentReason.Funds => PaymentStartFailure.CardFunds,
        PaymentReason.Card when code?.Trim() != NoCardRecord => PaymentStartFailure.CardExpired,
        _ => PaymentStartFailure.CardDeclined
    };
}
