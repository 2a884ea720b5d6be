using Nop.Core.Domain.Common;
using Nop.Plugin.Payments.MultiSafepay.Api;
using Nop.Services.Attributes;
using Nop.Services.Directory;

namespace Nop.Plugin.Payments.MultiSafepay.Checkout.Request;

/// <summary>Converts a nopCommerce address, in which any field may be missing, into MultiSafepay's fields.</summary>
public class AddressReader(
    ICountryService countryService,
    IStateProvinceService stateProvinceService,
    IAttributeParser<AddressAttribute, AddressAttributeValue> attributeParser)
{
    // In characters, from MultiSafepay's OpenAPI description (FirstName, LastName, CompanyName, Address1, ZIP, City, State). For last names it is stricter than the documentation (50).
    private const int MaxFirstNameLength = 25;
    private const int MaxLastNameLength = 25;
    private const int MaxCompanyLength = 200;
    private const int MaxStreetLength = 64;
    private const int MaxZipCodeLength = 10;
    private const int MaxCityLength = 50;
    private const int MaxStateLength = 6;

    /// <summary>Converts an address. Every field is truncated to MultiSafepay's limit or omitted.</summary>
    /// <param name="address">The address.</param>
    /// <param name="settings">The settings of the order's store, which name the address attributes for the house number.</param>
    /// <param name="maxHouseNumberLength">The longest house number of the block that the address is for, in characters.</param>
    public async Task<CustomerDetails> ReadAsync(Address address, MultiSafepaySettings settings, int maxHouseNumberLength = StreetAddress.MaxHouseNumberLength)
    {
        var country = CountryCode((await countryService.GetCountryByAddressAsync(address))?.TwoLetterIsoCode);
        var street = await StreetAsync(address, country, settings, maxHouseNumberLength);
        return new CustomerDetails
        {
            FirstName = Name(address.FirstName, MaxFirstNameLength),
            LastName = Name(address.LastName, MaxLastNameLength),
            CompanyName = FieldText.Clean(address.Company, MaxCompanyLength),
            Address1 = FieldText.Clean(street.Street, MaxStreetLength),
            Address2 = FieldText.Clean(street.Addition, MaxStreetLength),
            HouseNumber = street.HouseNumber,
            ZipCode = FieldText.Clean(address.ZipPostalCode, MaxZipCodeLength),
            City = FieldText.Clean(address.City, MaxCityLength),
            State = State((await stateProvinceService.GetStateProvinceByAddressAsync(address))?.Abbreviation),
            Country = country,
            Phone = ContactDetails.InternationalPhone(address.PhoneNumber, country),
            Email = ContactDetails.Email(address.Email)
        };
    }

    /// <summary>A name of at least two characters, as MultiSafepay requires; a full stop is appended to a single initial.</summary>
    internal static string? Name(string? name, int maxLength) => FieldText.Clean(name, maxLength) is { } text ? text.EnumerateRunes().Count() == 1 ? $"{text}." : text : null;

    private async Task<StreetAddress> StreetAsync(Address address, string? country, MultiSafepaySettings settings, int maxNumberLength)
    {
        var split = StreetAddress.Split(address.Address1, country, maxNumberLength);
        var second = FieldText.Clean(address.Address2, MaxStreetLength);

        // A separate field takes precedence. If the customer repeated the number after the street, it is removed there.
        if (FieldText.Clean(await AttributeAsync(address, settings), MaxStreetLength) is { } entered)
        {
            var (number, overflow) = StreetAddress.Fitted(entered, maxNumberLength);
            return string.Equals(split.HouseNumber, number, StringComparison.OrdinalIgnoreCase)
                ? split with { Addition = Join(Join(split.Addition, overflow), second) }
                : new StreetAddress(FieldText.Clean(address.Address1, MaxStreetLength), number, Join(overflow, second));
        }

        if (split.HouseNumber is null && split.Street is not null && second is not null && second.Length <= maxNumberLength && StreetAddress.IsHouseNumber(second))
            return split with { HouseNumber = second };
        return split with { Addition = Join(split.Addition, second) };
    }

    // The owner lists one or more attributes (number, suffix), each by its name or its id.
    private async Task<string?> AttributeAsync(Address address, MultiSafepaySettings settings)
    {
        if (string.IsNullOrWhiteSpace(settings.HouseNumberAttribute) || string.IsNullOrWhiteSpace(address.CustomAttributes))
            return null;

        var attributes = await attributeParser.ParseAttributesAsync(address.CustomAttributes);
        var values = settings.HouseNumberAttribute.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .Select(wanted => attributes.FirstOrDefault(attribute => IsNamed(attribute, wanted)))
            .OfType<AddressAttribute>()
            .SelectMany(attribute => attributeParser.ParseValues(address.CustomAttributes, attribute.Id));
        return string.Join(' ', values);
    }

    private static bool IsNamed(AddressAttribute attribute, string wanted) =>
        string.Equals(attribute.Name?.Trim(), wanted, StringComparison.OrdinalIgnoreCase) || FormattableString.Invariant($"{attribute.Id}") == wanted;

    private static string? CountryCode(string? code) => code?.Trim() is { Length: 2 } two && two.All(char.IsAsciiLetter) ? two.ToUpperInvariant() : null;

    // An abbreviation that is too long is omitted, because it would be meaningless if truncated.
    private static string? State(string? abbreviation) => FieldText.Clean(abbreviation, MaxStateLength + 1) is { Length: <= MaxStateLength } state ? state : null;

    private static string? Join(string? first, string? second) => first is null ? second : second is null ? first : $"{first}, {second}";
}
