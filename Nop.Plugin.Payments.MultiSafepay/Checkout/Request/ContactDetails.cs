using System.Globalization;
using System.Text.RegularExpressions;
using Nop.Plugin.Payments.MultiSafepay.Api;

namespace Nop.Plugin.Payments.MultiSafepay.Checkout.Request;

/// <summary>Validates e-mail addresses and telephone numbers. Doubtful values are omitted, because MultiSafepay would reject the whole order.</summary>
public static partial class ContactDetails
{
    /// <summary>The longest e-mail address that MultiSafepay accepts, in characters (OpenAPI description, Email).</summary>
    public const int MaxEmailLength = 64;

    /// <summary>The longest telephone number that MultiSafepay accepts, in characters (OpenAPI description, Phone).</summary>
    public const int MaxPhoneLength = 25;

    private const int FewestDigits = 5;
    private const int MostDigits = 15; // ITU-T E.164

    private static readonly IdnMapping _idn = new() { UseStd3AsciiRules = true };

    /// <summary>Returns the address with its domain in ASCII; null if it is invalid or too long.</summary>
    public static string? Email(string? text)
    {
        var address = text?.Trim();
        if (address?.LastIndexOf('@') is not (> 0 and var at))
            return null;

        try
        {
            address = $"{address[..at]}@{_idn.GetAscii(address[(at + 1)..])}";
        }
        catch (ArgumentException)
        {
            return null;
        }

        return address.Length <= MaxEmailLength && EmailAddress().IsMatch(address) ? address : null;
    }

    /// <summary>Returns the number as it was entered or, if it is too long, only its digits; null if it is invalid.</summary>
    public static string? Phone(string? text)
    {
        var number = FieldText.Clean(text, MaxPhoneLength * 2);
        if (number is null || !PhoneNumber().IsMatch(number))
            return null;

        var digits = string.Concat(number.Where(char.IsAsciiDigit));
        if (digits.Length is < FewestDigits or > MostDigits)
            return null;
        return number.Length <= MaxPhoneLength ? number : number.StartsWith('+') ? $"+{digits}" : digits;
    }

    /// <summary>
    /// Returns the number in international form (ITU-T E.164: <c>+31612345678</c>) or, if number and country do not tell how, as <see cref="Phone"/> does; null if it
    /// is invalid.
    /// </summary>
    /// <param name="text">The number as it was entered.</param>
    /// <param name="country">The country of the customer as an ISO 3166-1 alpha-2 code; null if unknown.</param>
    public static string? InternationalPhone(string? text, string? country) =>
        Phone(text) is { } number ? PhoneNumbers.International(FieldText.Clean(text, MaxPhoneLength * 2)!, country) ?? number : null;

    [GeneratedRegex(@"^[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*@(?:[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?\.)+[A-Za-z][A-Za-z0-9-]*[A-Za-z0-9]\z",
        RegexOptions.CultureInvariant)]
    private static partial Regex EmailAddress();

    [GeneratedRegex(@"^\(?\+?[0-9 ()./-]+\z", RegexOptions.CultureInvariant)]
    private static partial Regex PhoneNumber();
}
