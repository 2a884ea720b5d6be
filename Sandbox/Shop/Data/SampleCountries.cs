using Nop.Core.Domain.Directory;

namespace Sandbox.Shop.Data;

/// <summary>The countries: those where MultiSafepay's methods are at home, and some outside the EU, where the shop charges no VAT.</summary>
internal static class SampleCountries
{
    private static readonly (string Name, string Two, string Three, int Number, bool Vat)[] _countries =
    [
        ("Netherlands", "NL", "NLD", 528, true), ("Belgium", "BE", "BEL", 56, true), ("Germany", "DE", "DEU", 276, true), ("France", "FR", "FRA", 250, true),
        ("Austria", "AT", "AUT", 40, true), ("Czechia", "CZ", "CZE", 203, true), ("Finland", "FI", "FIN", 246, true), ("Italy", "IT", "ITA", 380, true),
        ("Poland", "PL", "POL", 616, true), ("Spain", "ES", "ESP", 724, true), ("Sweden", "SE", "SWE", 752, true),
        ("China", "CN", "CHN", 156, false), ("Japan", "JP", "JPN", 392, false), ("Kuwait", "KW", "KWT", 414, false),
        ("United Kingdom", "GB", "GBR", 826, false), ("United States", "US", "USA", 840, false),
    ];

    private static readonly (string Country, string Name, string Abbreviation)[] _states =
    [
        ("US", "California", "CA"), ("US", "New York", "NY"), ("US", "Texas", "TX"),
    ];

    public static IEnumerable<Country> All() => _countries.Select((country, index) => new Country
    {
        Name = country.Name,
        TwoLetterIsoCode = country.Two,
        ThreeLetterIsoCode = country.Three,
        NumericIsoCode = country.Number,
        SubjectToVat = country.Vat,
        AllowsBilling = true,
        AllowsShipping = true,
        Published = true,
        DisplayOrder = index,
    });

    public static IEnumerable<StateProvince> States(IReadOnlyCollection<Country> countries) => _states.Select(state => new StateProvince
    {
        CountryId = countries.Single(country => country.TwoLetterIsoCode == state.Country).Id,
        Name = state.Name,
        Abbreviation = state.Abbreviation,
        Published = true,
    });
}
