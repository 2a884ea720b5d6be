using Nop.Core.Domain.Common;
using Nop.Core.Domain.Directory;
using Nop.Services.Common;
using Nop.Services.Directory;
using Sandbox.Shop.Data;

namespace Sandbox.Shop.Services;

/// <summary>Addresses.</summary>
internal sealed class AddressService(ShopDatabase database, RequestCache requestCache, TimeProvider time) : IAddressService
{
    public Task<Address?> GetAddressByIdAsync(int addressId) => requestCache.FindAsync<Address>(addressId);

    public Task InsertAddressAsync(Address address)
    {
        address.CreatedOnUtc = time.GetUtcNow().UtcDateTime;
        if (address.CountryId == 0)
            address.CountryId = null;
        if (address.StateProvinceId == 0)
            address.StateProvinceId = null;
        return database.InsertAsync(address);
    }
}

/// <summary>The countries the shop sells to.</summary>
internal sealed class CountryService(ShopDatabase database, RequestCache requestCache) : ICountryService
{
    public async Task<IList<Country>> GetAllCountriesAsync(int languageId = 0, bool showHidden = false) =>
        [.. (await database.ListAsync<Country>(country => showHidden || country.Published)).OrderBy(country => country.DisplayOrder).ThenBy(country => country.Name)];

    public Task<Country?> GetCountryByIdAsync(int countryId) => requestCache.FindAsync<Country>(countryId);

    public Task<Country?> GetCountryByAddressAsync(Address address) => GetCountryByIdAsync(address?.CountryId ?? 0);

    public Task<Country?> GetCountryByTwoLetterIsoCodeAsync(string twoLetterIsoCode) =>
        database.FirstOrDefaultAsync<Country>(country => country.TwoLetterIsoCode == twoLetterIsoCode);
}

/// <summary>The states and provinces of those countries.</summary>
internal sealed class StateProvinceService(ShopDatabase database, RequestCache requestCache) : IStateProvinceService
{
    public Task<StateProvince?> GetStateProvinceByIdAsync(int stateProvinceId) => requestCache.FindAsync<StateProvince>(stateProvinceId);

    public Task<StateProvince?> GetStateProvinceByAddressAsync(Address address) => GetStateProvinceByIdAsync(address?.StateProvinceId ?? 0);

    public async Task<IList<StateProvince>> GetAllAsync() => await database.ListAsync<StateProvince>(state => state.Published);
}

/// <summary>Currencies and conversion. All amounts of an order are in the primary store currency, here the euro, which is also the base of the rates.</summary>
internal sealed class CurrencyService(ShopDatabase database, RequestCache requestCache, CurrencySettings settings) : ICurrencyService
{
    public async Task<IList<Currency>> GetAllCurrenciesAsync(bool showHidden = false, int storeId = 0) =>
        [.. (await database.ListAsync<Currency>(currency => showHidden || currency.Published)).OrderBy(currency => currency.DisplayOrder)];

    public Task<Currency?> GetCurrencyByIdAsync(int currencyId) => requestCache.FindAsync<Currency>(currencyId);

    public async Task<Currency?> GetCurrencyByCodeAsync(string currencyCode) => string.IsNullOrEmpty(currencyCode)
        ? null
        : await database.FirstOrDefaultAsync<Currency>(currency => string.Equals(currency.CurrencyCode, currencyCode, StringComparison.OrdinalIgnoreCase));

    public decimal ConvertCurrency(decimal amount, decimal exchangeRate) => amount != 0 && exchangeRate != 0 ? amount * exchangeRate : 0;

    public Task<decimal> ConvertCurrencyAsync(decimal amount, Currency sourceCurrencyCode, Currency targetCurrencyCode) => Task.FromResult(
        amount == 0 || sourceCurrencyCode.Id == targetCurrencyCode.Id ? amount : amount / sourceCurrencyCode.Rate * targetCurrencyCode.Rate);

    public async Task<decimal> ConvertFromPrimaryStoreCurrencyAsync(decimal amount, Currency targetCurrencyCode) =>
        await ConvertCurrencyAsync(amount, await GetPrimaryAsync(), targetCurrencyCode);

    public async Task<decimal> ConvertToPrimaryStoreCurrencyAsync(decimal amount, Currency sourceCurrencyCode) =>
        await ConvertCurrencyAsync(amount, sourceCurrencyCode, await GetPrimaryAsync());

    public async Task<Currency> GetPrimaryAsync() => await GetCurrencyByIdAsync(settings.PrimaryStoreCurrencyId)
        ?? throw new InvalidOperationException("The shop has no primary currency.");
}
