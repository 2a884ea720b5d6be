using System.Collections.Frozen;
using Nop.Plugin.Payments.MultiSafepay.Api;

namespace Nop.Plugin.Payments.MultiSafepay.Checkout.Request;

/// <summary>
/// An address line, taken apart: MultiSafepay wants the house number in a field of its own, nopCommerce has one line for both. Nothing that the customer
/// wrote gets lost: what is neither street nor number becomes the addition.
/// </summary>
/// <param name="Street">The street, or the whole line when no house number was found.</param>
/// <param name="HouseNumber">The number with its suffix, such as <c>12-3</c>, <c>39C</c> or <c>12 bis</c>; null when there is none.</param>
/// <param name="Addition">Flat, floor, door, building; null when there is none.</param>
public readonly partial record struct StreetAddress(string? Street, string? HouseNumber, string? Addition)
{
    /// <summary>The longest house number that MultiSafepay accepts, in characters.</summary>
    public const int MaxHouseNumberLength = 10;

    // Longer lines are no address; the bound keeps the search short.
    private const int MaxLine = 200;

    // Where the number comes before the street. Belgium writes both; its trailing form is tried first.
    private static readonly FrozenSet<string> _numberFirst =
        FrozenSet.Create(StringComparer.OrdinalIgnoreCase, "FR", "MC", "LU", "GB", "IE", "US", "CA", "AU", "NZ", "ZA", "IN", "SG", "MT");

    /// <summary>Takes an address line apart by the customs of its country.</summary>
    /// <param name="line">The line.</param>
    /// <param name="country">ISO 3166-1 alpha-2 code; it decides what is tried first, not what is understood.</param>
    /// <param name="maxNumberLength">The longest house number that fits; what does not fit moves to the addition.</param>
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

    /// <summary>Whether a text is a house number and nothing else.</summary>
    public static bool IsHouseNumber(string text) => _onlyNumber.IsMatch(text);

    /// <summary>The part of a house number that fits, and what does not: <c>12 bus 1204</c> is 12 and bus 1204. Without a number nothing fits.</summary>
    internal static (string? Number, string? Overflow) Fitted(string number, int maxLength)
    {
        if (number.Length <= maxLength)
            return (number, null);

        var core = _core.Match(number).Value;
        return core.Length is 0 || core.Length > maxLength ? (null, number) : (core, number[core.Length..].Trim(' ', '-', '–', '/', '.'));
    }

    // "Calle Mayor, 12" and "12, rue de la Paix": the street stands beside the number, before it by preference.
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

        // "Plein 1944 12-3": the year belongs to the square. "Plein 1944" has no house number at all.
        return year.Groups["number"] is { Success: true } behind ? new StreetAddress($"{street} {year.Groups["year"].Value}", behind.Value, addition) : null;
    }

    private static string? Joined(IReadOnlyCollection<string> parts) => parts.Count == 0 ? null : string.Join(", ", parts);
}
