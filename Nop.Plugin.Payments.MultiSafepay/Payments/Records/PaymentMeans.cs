using Nop.Plugin.Payments.MultiSafepay.Api;
using Nop.Plugin.Payments.MultiSafepay.Payments.Notices;

namespace Nop.Plugin.Payments.MultiSafepay.Payments.Records;

/// <summary>With what a customer paid in the end: a method, or one of several when a gift card paid a part. No more of a card than its last four digits.</summary>
/// <param name="Type">MultiSafepay's word for the method, such as <c>VISA</c>, or <c>COUPON</c> for a gift card.</param>
/// <param name="Name">The method's name as MultiSafepay writes it, or null.</param>
/// <param name="Last4">The last four digits of a card, or null.</param>
public sealed record PaymentMeans(string Type, string? Name = null, string? Last4 = null)
{
    /// <summary>MultiSafepay's word for a gift card that paid a part.</summary>
    public const string GiftCard = "COUPON";

    /// <summary>MultiSafepay's word for a bank transfer, which customers make from their own bank, days later.</summary>
    public const string BankTransfer = "BANKTRANS";

    private const int MaxLength = 40;
    private const int DigitsShown = 4;
    private const int MaxMeans = 20;

    /// <summary>Whether MultiSafepay's word for a method is that of a gift card.</summary>
    public static bool IsGiftCard(string? type) => string.Equals(type, GiftCard, StringComparison.OrdinalIgnoreCase);

    /// <summary>What took part in a transaction; empty while nobody has chosen a method.</summary>
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

    /// <summary>As people read it: <c>Visa •••• 1111</c>, with <c> + </c> between several.</summary>
    public static string Text(IReadOnlyList<PaymentMeans>? means) => string.Join(" + ", means ?? []);

    /// <summary>As people read it: <c>Visa •••• 1111</c>.</summary>
    public override string ToString() => Last4 is null ? Name ?? Type : $"{Name ?? Type} •••• {Last4}";

    private static string? Short(string? text)
    {
        var line = OrderNotesAndLog.Clean(text);
        return line.Length == 0 ? null : FieldText.Cut(line, MaxLength);
    }

    private static string? Digits(string? last4) => last4 is { Length: DigitsShown } && last4.All(char.IsAsciiDigit) ? last4 : null;
}
