using System.Collections.Frozen;

namespace Nop.Plugin.Payments.MultiSafepay.Checkout.Request;

/// <summary>
/// Converts telephone numbers into the international form of ITU-T E.164, for the countries that MultiSafepay's pay-later methods serve and for their neighbours.
/// What is not certainly a number of the country is not converted.
/// </summary>
public static class PhoneNumbers
{
    /// <summary>The calling code of Portugal, with the plus sign.</summary>
    public const string Portugal = "+351";

    private const int FewestDigits = 7; // Saint Helena's, the shortest with a calling code; ITU-T E.164 names only the longest.
    private const int MostDigits = 15;

    // Calling codes: ITU-T E.164, list of assigned country codes. Trunk prefixes and lengths: the national numbering plans that are published by the ITU.
    private static readonly FrozenDictionary<string, NumberingPlan> _plans = new Dictionary<string, NumberingPlan>
    {
        ["AD"] = new("376", 6, 9),
        ["AT"] = new("43", 4, 13, "0"),
        ["BE"] = new("32", 8, 9, "0"),
        ["BG"] = new("359", 7, 9, "0"),
        ["CH"] = new("41", 9, 9, "0"),
        ["CY"] = new("357", 8, 8),
        ["CZ"] = new("420", 9, 9),
        ["DE"] = new("49", 6, 13, "0"),
        ["DK"] = new("45", 8, 8),
        ["EE"] = new("372", 7, 8),
        ["ES"] = new("34", 9, 9),
        ["FI"] = new("358", 5, 12, "0"),
        ["FR"] = new("33", 9, 9, "0"),
        ["GB"] = new("44", 9, 10, "0"),
        ["GR"] = new("30", 10, 10),
        ["HR"] = new("385", 8, 9, "0"),
        ["HU"] = new("36", 8, 9, "06"),
        ["IE"] = new("353", 7, 9, "0"),
        ["IS"] = new("354", 7, 9),
        ["IT"] = new("39", 6, 11) { KeepsZero = true },
        ["LI"] = new("423", 7, 9),
        ["LT"] = new("370", 8, 8, "0", "8"), // 0 replaces 8 since 2025
        ["LU"] = new("352", 5, 11),
        ["LV"] = new("371", 8, 8),
        ["MC"] = new("377", 8, 9),
        ["MT"] = new("356", 8, 8),
        ["NL"] = new("31", 9, 9, "0"),
        ["NO"] = new("47", 8, 8),
        ["PL"] = new("48", 9, 9),
        ["PT"] = new("351", 9, 9),
        ["RO"] = new("40", 9, 9, "0"),
        ["SE"] = new("46", 7, 10, "0"),
        ["SI"] = new("386", 8, 8, "0"),
        ["SK"] = new("421", 9, 9, "0"),
        ["SM"] = new("378", 6, 10) { KeepsZero = true }
    }.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);

    /// <summary>Returns a number as <c>+</c>, calling code and national number without the trunk prefix; null if the number or its country does not tell how.</summary>
    /// <param name="text">The number as it was entered: <c>+31 (0)6 …</c>, <c>0031 6 …</c> or <c>06 …</c>.</param>
    /// <param name="country">The country of the customer as an ISO 3166-1 alpha-2 code, for a number without a calling code; null if unknown.</param>
    public static string? International(string text, string? country)
    {
        var digits = string.Concat(text.Where(char.IsAsciiDigit));
        if (text.AsSpan().TrimStart('(').StartsWith('+'))
            return OfAnyCountry(digits, hasTrunkPrefix: text.Contains("(0", StringComparison.Ordinal));
        if (digits.StartsWith("00", StringComparison.Ordinal))
            return PlanOf(digits[2..]) is not null ? OfAnyCountry(digits[2..], hasTrunkPrefix: false) : null;
        return country is not null && _plans.TryGetValue(country, out var plan) && plan.Typed(digits) is { } number ? $"+{plan.Code}{number}" : null;
    }

    private static string? OfAnyCountry(string digits, bool hasTrunkPrefix)
    {
        if (PlanOf(digits) is { } plan)
            return plan.WithoutTrunkPrefix(digits[plan.Code.Length..]) is { } number ? $"+{plan.Code}{number}" : null;
        return hasTrunkPrefix || digits.StartsWith('0') || digits.Length is < FewestDigits or > MostDigits ? null : $"+{digits}";
    }

    // No calling code is the beginning of another one.
    private static NumberingPlan? PlanOf(string digits) => _plans.Values.FirstOrDefault(plan => digits.StartsWith(plan.Code, StringComparison.Ordinal));

    /// <param name="Code">The calling code.</param>
    /// <param name="Fewest">The digits of the shortest national number, without the trunk prefix.</param>
    /// <param name="Most">The digits of the longest national number, without the trunk prefix.</param>
    /// <param name="TrunkPrefixes">What is dialled before the national number inside the country only; empty if nothing is.</param>
    private sealed record NumberingPlan(string Code, int Fewest, int Most, params string[] TrunkPrefixes)
    {
        /// <summary>Whether a 0 at the beginning is part of the number, which is dialled from abroad too.</summary>
        public bool KeepsZero { get; init; }

        /// <summary>The national number of what is dialled inside the country, perhaps with the calling code but without its plus sign.</summary>
        public string? Typed(string digits)
        {
            if (!Fits(digits) && digits.StartsWith(Code, StringComparison.Ordinal) && WithoutTrunkPrefix(digits[Code.Length..]) is { } number)
                return number;

            // Where numbers have several lengths, one without the trunk prefix may lack its area code.
            return TrunkPrefixes.Length == 0 || Fewest == Most || TrunkPrefixes.Any(prefix => digits.StartsWith(prefix, StringComparison.Ordinal)) ? WithoutTrunkPrefix(digits) : null;
        }

        /// <summary>The national number; null if the digits are none.</summary>
        public string? WithoutTrunkPrefix(string digits)
        {
            foreach (var prefix in TrunkPrefixes)
            {
                // Lithuania's 8 is also the first digit of numbers; a 0 never is.
                if (digits.StartsWith(prefix, StringComparison.Ordinal) && (prefix[0] == '0' || !Fits(digits)))
                    return Fits(digits[prefix.Length..]) ? digits[prefix.Length..] : null;
            }

            return Fits(digits) ? digits : null;
        }

        private bool Fits(string digits) => digits.Length >= Fewest && digits.Length <= Most && (KeepsZero || digits[0] != '0');
    }
}
