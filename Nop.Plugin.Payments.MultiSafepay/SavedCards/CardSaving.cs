using Nop.Plugin.Payments.MultiSafepay.Api;
using Nop.Plugin.Payments.MultiSafepay.Payments.Transactions;

namespace Nop.Plugin.Payments.MultiSafepay.SavedCards;

/// <summary>Which payment methods save the card that is used for a payment.</summary>
public static class CardSaving
{
    /// <summary>Whether a method is one of cards and the account saves them (<c>tokenization.models.cardonfile</c> of GET payment-methods).</summary>
    public static bool IsPossible(PaymentMethod method) =>
        CardMethods.Contains(method.Id) && CardMethods.WalletName(method.Id) is null && method.Tokenization is { IsEnabled: true, Models.CardOnFile: true };
}
