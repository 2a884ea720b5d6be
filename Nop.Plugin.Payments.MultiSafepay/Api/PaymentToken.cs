using System.Globalization;

namespace Nop.Plugin.Payments.MultiSafepay.Api;

/// <summary>
/// Payment details that MultiSafepay has stored for a customer (OpenAPI description, Token). They belong to the account of the API key and are found by the
/// <see cref="CustomerDetails.Reference"/> with which they were stored. The holder's name and the number's first digits are not read.
/// </summary>
public sealed record PaymentToken
{
    private const int DigitsOfCard = 4;
    private const int DigitsOfExpiryDate = 4;

    private readonly string _token = string.Empty;
    private readonly string? _expiryDate;
    private readonly string? _last4;

    /// <summary>MultiSafepay's id of the details, for <see cref="OrderRequest.RecurringId"/>; never empty in the client's answers.</summary>
    public string Token
    {
        get => _token;
        init => _token = value ?? string.Empty;
    }

    /// <summary>The gateway code of the payment method, such as <c>VISA</c>.</summary>
    public string? Code { get; init; }

    /// <summary>MultiSafepay's text for the details, such as <c>Card xxxx xxxx xxxx 1111</c>.</summary>
    public string? Display { get; init; }

    /// <summary>The expiry date of the card as YYMM, such as <c>3012</c> for December 2030; null if it is missing or no month. MultiSafepay writes it as number, as text or as "".</summary>
    public string? ExpiryDate
    {
        get => _expiryDate;
        init => _expiryDate = Digits(value, DigitsOfExpiryDate) is { } date && IsExpiryDate(date) ? date : null;
    }

    /// <summary>Whether MultiSafepay says that the card has expired.</summary>
    public bool IsExpired { get; init; }

    /// <summary>The last four digits of the card, with leading zeros; null of a bank account. MultiSafepay writes them as number, as text or as null.</summary>
    public string? Last4
    {
        get => _last4;
        init => _last4 = Digits(value, DigitsOfCard);
    }

    /// <summary>What the details were stored for: a value of <see cref="RecurringModel"/> or unknown; null if missing.</summary>
    public string? Model { get; init; }

    /// <summary>The method and the model only: a token can be used to pay.</summary>
    public override string ToString() => $"{nameof(PaymentToken)} {{ Code = {Code}, Model = {Model}, IsExpired = {IsExpired} }}";

    /// <summary>Whether a text is a month as YYMM.</summary>
    internal static bool IsExpiryDate(string text) =>
        text.Length == DigitsOfExpiryDate && IsDigits(text) && int.Parse(text.AsSpan(2), NumberStyles.None, CultureInfo.InvariantCulture) is >= 1 and <= 12;

    // A number has lost its leading zeros. What is longer is not what it should be, and may be more of a card's number than anybody should see.
    private static string? Digits(string? text, int count) =>
        text?.Trim() is { Length: > 0 } digits && digits.Length <= count && IsDigits(digits) ? digits.PadLeft(count, '0') : null;

    private static bool IsDigits(string text) => !text.AsSpan().ContainsAnyExceptInRange('0', '9');
}
