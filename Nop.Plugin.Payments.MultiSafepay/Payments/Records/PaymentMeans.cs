using Nop.Plugin.Payments.MultiSafepay.Api;
using Nop.Plugin.Payments.MultiSafepay.Payments.Notices;
using Nop.Plugin.Payments.MultiSafepay.Payments.Transactions;

namespace Nop.Plugin.Payments.MultiSafepay.Payments.Records;

/// <summary>
/// A payment method with which a customer actually paid; a payment has several if a gift card paid part of it. Of a card, it contains only the last four digits.
/// </summary>
/// <param name="Type">MultiSafepay's code of the method, such as <c>VISA</c>, or <c>COUPON</c> for a gift card.</param>
/// <param name="Name">MultiSafepay's name of the method, or null.</param>
/// <param name="Last4">The last four digits of a card, or null.</param>
public sealed record PaymentMeans(string Type, string? Name = null, string? Last4 = null)
{
    /// <summary>MultiSafepay's code of a gift card that paid part of an order.</summary>
    public const string GiftCard = "COUPON";

    /// <summary>MultiSafepay's code of a bank transfer, which customers make from their own bank, days later.</summary>
    public const string BankTransfer = "BANKTRANS";

    private const int MaxLength = 40;
    private const int DigitsShown = 4;
    private const int MaxMeans = 20;

    /// <summary>The name of the wallet that contained the card, such as <c>Apple Pay</c>; null for none.</summary>
    public string? Wallet { get; init; }

    /// <summary>Whether a method's code at MultiSafepay is that of a gift card.</summary>
    public static bool IsGiftCard(string? type) => string.Equals(type, GiftCard, StringComparison.OrdinalIgnoreCase);

    /// <summary>The methods that took part in a transaction, at most 20; empty until a method has been chosen.</summary>
    /// <param name="transaction">The transaction.</param>
    /// <param name="chosen">
    /// MultiSafepay's code of the method that the customer chose in the shop; null for none. If it is a wallet, MultiSafepay reports the card in it as the type of the payment's details
    /// (its plugins for Magento and Shopware show it in this way).
    /// </param>
    public static IReadOnlyList<PaymentMeans> From(Transaction transaction, string? chosen = null)
    {
        var details = transaction.PaymentDetails;
        var means = transaction.PaymentMethods
            .Where(method => !string.IsNullOrWhiteSpace(method.Type))
            .Take(MaxMeans)
            .Select(method => From(Short(method.Type)!, Short(method.PaymentDescription), details, chosen))
            .ToList();
        return means.Count == 0 && Short(details?.Type) is { } type ? [From(type, null, details, chosen)] : means;
    }

    private static PaymentMeans From(string type, string? name, PaymentDetails? details, string? chosen)
    {
        var isCard = Short(details?.Type) is { } card && CardMethods.Contains(card) && CardMethods.WalletName(card) is null;
        if (isCard && CardMethods.WalletName(type) is { } wallet)
            return new PaymentMeans(Short(details!.Type)!, MethodNames.Of(Short(details.Type)!), Digits(details.Last4)) { Wallet = name ?? wallet };

        return type == details?.Type
            ? new PaymentMeans(type, name, Digits(details.Last4)) { Wallet = isCard ? CardMethods.WalletName(chosen) : null }
            : new PaymentMeans(type, name);
    }

    /// <summary>Returns the method without what identifies the customer's card.</summary>
    public PaymentMeans Erased() => this with { Last4 = null };

    /// <summary>Returns the methods as text for people: <c>Visa •••• 1111</c>, with <c> + </c> between several; empty for none.</summary>
    public static string Text(IReadOnlyList<PaymentMeans>? means) => string.Join(" + ", means ?? []);

    /// <summary>Returns the method as text for people: <c>Visa •••• 1111</c>, or <c>Apple Pay (Visa •••• 1111)</c>.</summary>
    public override string ToString()
    {
        var name = Name ?? MethodNames.Of(Type);
        var method = Last4 is null ? name : $"{name} •••• {Last4}";
        return Wallet is null ? method : $"{Wallet} ({method})";
    }

    private static string? Short(string? text)
    {
        var line = OrderNotesAndLog.Clean(text);
        return line.Length == 0 ? null : FieldText.Cut(line, MaxLength);
    }

    private static string? Digits(string? last4) => last4 is { Length: DigitsShown } && last4.All(char.IsAsciiDigit) ? last4 : null;
}
