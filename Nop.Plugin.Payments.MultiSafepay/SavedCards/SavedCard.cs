using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Nop.Plugin.Payments.MultiSafepay.Api;
using Nop.Plugin.Payments.MultiSafepay.Payments.Records;
using Nop.Plugin.Payments.MultiSafepay.Payments.Transactions;

namespace Nop.Plugin.Payments.MultiSafepay.SavedCards;

/// <summary>A card that MultiSafepay keeps for a customer. The shop stores nothing of it.</summary>
public sealed record SavedCard
{
    private const int IdLength = 20;
    private const int DigitsShown = 4;

    /// <summary>Identifies the card in the shop's pages: 20 hexadecimal digits, from which the token cannot be computed.</summary>
    public required string Id { get; init; }

    /// <summary>MultiSafepay's token, with which the card is charged.</summary>
    public required string Token { get; init; }

    /// <summary>The name under which MultiSafepay stores the card (<see cref="MultiSafepayCustomerReference"/>).</summary>
    public required string Reference { get; init; }

    /// <summary>MultiSafepay's code of the brand, such as <c>VISA</c>; <see cref="CardMethods.Group"/> if it is not known.</summary>
    public required string Code { get; init; }

    /// <summary>The last four digits; null if they are not known.</summary>
    public string? Last4 { get; init; }

    /// <summary>The first day of the month after which the card is no longer valid; null if it is not known.</summary>
    public DateOnly? ExpiryMonth { get; init; }

    /// <summary>Whether the card is no longer valid.</summary>
    public bool IsExpired { get; init; }

    /// <summary>The month and year in which the card expires, as it is printed on the card: <c>03/27</c>; null if it is not known.</summary>
    public string? Expiry => ExpiryMonth?.ToString("MM'/'yy", CultureInfo.InvariantCulture);

    /// <summary>Returns the card as text for people: <c>Visa •••• 1111</c>.</summary>
    /// <param name="nameOfOthers">The word for a card whose brand is not known.</param>
    public string Text(string nameOfOthers) =>
        new PaymentMeans(Code, string.Equals(Code, CardMethods.Group, StringComparison.OrdinalIgnoreCase) ? nameOfOthers : MethodNames.Of(Code), Last4).ToString();

    /// <summary>Creates a card from a token.</summary>
    /// <param name="token">The token.</param>
    /// <param name="reference">The reference under which MultiSafepay stores it.</param>
    /// <param name="today">The current date, in UTC.</param>
    /// <returns>The card; null for a token that the customer cannot pay with in the shop: of a bank account, or for another purpose.</returns>
    public static SavedCard? From(PaymentToken token, string reference, DateOnly today)
    {
        return CardMethods.Contains(token.Code) && CardMethods.WalletName(token.Code) is null && IsFor(token, RecurringModel.CardOnFile) ? Create(token, reference, today) : null;
    }

    /// <summary>Creates the payment details of a subscription from a token: a card, or the bank account that MultiSafepay debits after iDEAL or Bancontact.</summary>
    /// <inheritdoc cref="From" path="/param"/>
    /// <returns>The details; null for a token for another purpose.</returns>
    public static SavedCard? ForSubscription(PaymentToken token, string reference, DateOnly today) =>
        !string.IsNullOrWhiteSpace(token.Code) && IsFor(token, RecurringModel.Subscription) ? Create(token, reference, today) : null;

    private static bool IsFor(PaymentToken token, string model) =>
        !string.IsNullOrWhiteSpace(token.Token) && (token.Model is null || string.Equals(token.Model, model, StringComparison.OrdinalIgnoreCase));

    private static SavedCard Create(PaymentToken token, string reference, DateOnly today)
    {
        DateOnly? month = DateOnly.TryParseExact($"20{token.ExpiryDate}01", "yyyyMMdd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var first) ? first : null;
        return new SavedCard
        {
            Id = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{reference}\n{token.Token}")))[..IdLength],
            Token = token.Token,
            Reference = reference,
            Code = token.Code!.ToUpperInvariant(),
            Last4 = token.Last4 is { Length: DigitsShown } digits && digits.All(char.IsAsciiDigit) ? digits : null,
            ExpiryMonth = month,

            // A card is valid until the end of its month; the customer's may end a day later than that of UTC, and MultiSafepay decides.
            IsExpired = token.IsExpired || (month is { } valid && today > valid.AddMonths(1))
        };
    }

    /// <summary>The brand only.</summary>
    public override string ToString() => $"{nameof(SavedCard)} {{ Code = {Code} }}";
}
