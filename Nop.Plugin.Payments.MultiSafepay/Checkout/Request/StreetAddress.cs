using System.Collections.Frozen;
using Nop.Plugin.Payments.MultiSafepay.Api;

namespace Nop.Plugin.Payments.MultiSafepay.Checkout.Request;

/// <summary>
/// An address line, split into its parts: MultiSafepay has a separate field for the house number, nopCommerce has one line for both. Nothing that the customer
/// entered is lost: whatever is neither street nor number becomes the addition.
/// </summary>
/// <param name="Street">The street, or the whole line if no house number was found.</param>
/// <param name="HouseNumber">The number with its suffix, such as <c>12-3</c>, <c>39C</c> or <c>12 bis</c>; null if there is none.</param>
/// <param name="Addition">Flat, floor, door or building; null if there is none.</param>
public readonly partial record struct StreetAddress(string? Street, string? HouseNumber, string? Addition)
{
    /// <summary>The longest house number that MultiSafepay accepts, in characters (OpenAPI description, HouseNumber).</summary>
    public const int MaxHouseNumberLength = 10;

    // Longer lines are not addresses; the limit bounds the time of the search. No source; chosen.
    private const int MaxLine = 200;

    // Countries in which the number precedes the street. Both orders occur in Belgium; there the trailing number is tried first.
    private static readonly FrozenSet<string> _numberFirst =
        FrozenSet.Create(StringComparer.OrdinalIgnoreCase, "FR", "MC", "LU", "GB", "IE", "US", "CA", "AU", "NZ", "ZA", "IN", "SG", "MT");

    /// <summary>Splits an address line according to the conventions of its country.</summary>
    /// <param name="line">The line.</param>
    /// <param name="country">ISO 3166-1 alpha-2 code; it determines which form is tried first. Null if unknown.</param>
    /// <param name="maxNumberLength">The longest house number, in characters; the rest of a longer one moves to the addition.</param>
    public static StreetAddress Split(string? line, string? country, int maxNumberLength = MaxHouseNumberLength)
    {
        if (FieldText.Clean(line, MaxLine) is not { } text)
            return default;

        var numberFirst = country is not null && _numberFirst.Contains(country);
        var parts = text.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        var additions = parts.Length > 1 ? parts.Where(part => _unit.IsMatch(part)).ToList() : [];
        var rest = parts.Where(part => !additions.Contains(part)).ToList();
        if (rest.Count == 0 || (parts.Length == 1 && _unit.IsMatch(text)))
            return new StreetAddress(text, null, null);

        var found = NumberOnItsOwn(rest) ?? NumberInAPart(rest, numberFirst);
        if (found is not { HouseNumber: { } number, Street: { } street })
            return new StreetAddress(string.Join(", ", rest), null, Joined(additions));

        if (_trailingUnit.Match(street) is { Success: true } unit)
        {
            additions.Insert(0, unit.Groups["unit"].Value);
            street = unit.Groups["street"].Value;
        }

        if (found.Value.Addition is { } own)
            additions.Add(own);
        var (fitting, overflow) = Fitted(number, maxNumberLength);
        if (overflow is not null)
            additions.Insert(0, overflow);
        return new StreetAddress(street, fitting, Joined(additions));
    }

    /// <summary>Whether the whole text is a house number.</summary>
    public static bool IsHouseNumber(string text) => _onlyNumber.IsMatch(text);

    /// <summary>Splits a house number that is too long: <c>12 bus 1204</c> into 12 and bus 1204. Without a leading number, all of it is overflow.</summary>
    internal static (string? Number, string? Overflow) Fitted(string number, int maxLength)
    {
        if (number.Length <= maxLength)
            return (number, null);

        var core = _core.Match(number).Value;
        return core.Length is 0 || core.Length > maxLength ? (null, number) : (core, number[core.Length..].Trim(' ', '-', '–', '/', '.'));
    }

    // "Calle Mayor, 12" and "12, rue de la Paix": the street is the part next to the number, preferably the one before it.
    private static StreetAddress? NumberOnItsOwn(List<string> parts)
    {
        for (var index = 0; index < parts.Count; index++)
        {
            if (parts.Count < 2 || _numberPart.Match(parts[index]) is not { Success: true } number)
                continue;

            var street = index > 0 ? index - 1 : index + 1;
            if (!parts[street].Any(char.IsLetter) || Trailing(parts[street]) is not null)
                continue;
            List<string> others = [.. parts.Where((_, other) => other != index && other != street)];
            if (number.Groups["rest"] is { Success: true } rest)
                others.Insert(0, rest.Value);
            return new StreetAddress(parts[street], number.Groups["number"].Value, Joined(others));
        }

        return null;
    }

    private static StreetAddress? NumberInAPart(List<string> parts, bool numberFirst)
    {
        for (var index = 0; index < parts.Count; index++)
        {
            var found = numberFirst ? Leading(parts[index], numberFirst) ?? Trailing(parts[index]) : Trailing(parts[index]) ?? Leading(parts[index], numberFirst);
            if (found is not { } split)
                continue;
            List<string> additions = [.. parts.Where((_, other) => other != index)];
            if (split.Addition is not null)
                additions.Insert(0, split.Addition);
            return split with { Addition = Joined(additions) };
        }

        return null;
    }

    private static StreetAddress? Leading(string part, bool numberFirst)
    {
        var unit = _leadingUnit.Match(part);
        var match = _leadingNumber.Match(unit.Success ? part[unit.Length..] : part);
        if (!match.Success)
            return null;

        var (street, number) = (match.Groups["street"].Value, match.Groups["number"].Value);
        if (!numberFirst && _notAfterANumber.IsMatch(street))
            return null; // "2 de Mayo" is a date

        if (_trailingBis.Match(street) is { Success: true } bis)
            (street, number) = (bis.Groups["street"].Value, $"{number} {bis.Groups["bis"].Value}");
        return new StreetAddress(street, number, unit.Success ? unit.Value.Trim() : null);
    }

    private static StreetAddress? Trailing(string part)
    {
        var match = _trailingNumber.Match(part);
        if (!match.Success || _numberedRoad.IsMatch(match.Groups["street"].Value))
            return null;

        var (street, number) = (match.Groups["street"].Value, match.Groups["number"].Value);
        var addition = match.Groups["rest"] is { Success: true } rest ? rest.Value : null;
        if (_year.Match(number) is not { Success: true } year || !(_namedAfterAYear.IsMatch(street) || year.Groups["range"].Success))
            return new StreetAddress(street, number, addition);

        // "Plein 1944 12-3": the year is part of the square's name. "Plein 1944" has no house number at all.
        return year.Groups["number"] is { Success: true } behind ? new StreetAddress($"{street} {year.Groups["year"].Value}", behind.Value, addition) : null;
    }

    private static string? Joined(IReadOnlyCollection<string> parts) => parts.Count == 0 ? null : string.Join(", ", parts);
}
