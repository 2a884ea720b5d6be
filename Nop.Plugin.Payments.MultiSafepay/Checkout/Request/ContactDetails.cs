using System.Globalization;
using System.Text.RegularExpressions;
using Nop.Plugin.Payments.MultiSafepay.Api;

namespace Nop.Plugin.Payments.MultiSafepay.Checkout.Request;

/// <summary>E-mail addresses and telephone numbers that MultiSafepay accepts. One that is in doubt is left out: it would cost the whole order.</summary>
public static partial class ContactDetails
{
    /// <summary>The longest e-mail address, in characters.</summary>
    public const int MaxEmailLength = 64;

    /// <summary>The longest telephone number, in characters.</summary>
    public const int MaxPhoneLength = 25;

    private const int FewestDigits = 5;
    private const int MostDigits = 15; // ITU-T E.164

    private static readonly IdnMapping _idn = new() { UseStd3AsciiRules = true };

    /// <summary>The address with its domain in ASCII, or null when it is none or too long.</summary>
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

    /// <summary>The number as it was written, where necessary without spaces and brackets; null when it is none.</summary>
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

    [GeneratedRegex(@"^[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*@(?:[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?\.)+[A-Za-z][A-Za-z0-9-]*[A-Za-z0-9]\z",
        RegexOptions.CultureInvariant)]
    private static partial Regex EmailAddress();

    [GeneratedRegex(@"^\+?[0-9 ()./-]+\z", RegexOptions.CultureInvariant)]
    private static partial Regex PhoneNumber();
}
