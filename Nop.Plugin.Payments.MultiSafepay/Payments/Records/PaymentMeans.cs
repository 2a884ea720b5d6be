using Nop.Plugin.Payments.MultiSafepay.Api;
using Nop.Plugin.Payments.MultiSafepay.Payments.Notices;

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

    /// <summary>Whether a method's code at MultiSafepay is that of a gift card.</summary>
    public static bool IsGiftCard(string? type) => string.Equals(type, GiftCard, StringComparison.OrdinalIgnoreCase);

    /// <summary>The methods that took part in a transaction, at most 20; empty until a method has been chosen.</summary>
    public static IReadOnlyList<PaymentMeans> From(Transaction transaction)
    {
        var details = transaction.PaymentDetails;
        var means = transaction.PaymentMethods
            .Where(method => !string.IsNullOrWhiteSpace(method.Type))
            .Take(MaxMeans)
            .Select(method => new PaymentMeans(Short(method.Type)!, Short(method.PaymentDescription), method.Type == details?.Type ? Digits(details?.Last4) : null))
            .ToList();
        return means.Count == 0 && Short(details?.Type) is { } type ? [new PaymentMeans(type, null, Digits(details!.Last4))] : means;
    }

    /// <summary>Returns the method without what identifies the customer's card.</summary>
    public PaymentMeans Erased() => this with { Last4 = null };

    /// <summary>Returns the methods as text for people: <c>Visa •••• 1111</c>, with <c> + </c> between several; empty for none.</summary>
    public static string Text(IReadOnlyList<PaymentMeans>? means) => string.Join(" + ", means ?? []);

    /// <summary>Returns the method as text for people: <c>Visa •••• 1111</c>.</summary>
    public override string ToString() => Last4 is null ? Name ?? Type : $"{Name ?? Type} •••• {Last4}";

    private static string? Short(string? text)
    {
        var line = OrderNotesAndLog.Clean(text);
        return line.Length == 0 ? null : FieldText.Cut(line, MaxLength);
    }

    private static string? Digits(string? last4) => last4 is { Length: DigitsShown } && last4.All(char.IsAsciiDigit) ? last4 : null;
}
