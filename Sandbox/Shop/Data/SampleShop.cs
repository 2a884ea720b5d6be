using Nop.Core.Domain.Catalog;
using Nop.Core.Domain.Customers;
using Nop.Core.Domain.Directory;
using Nop.Core.Domain.Localization;
using Nop.Core.Domain.Orders;
using Nop.Core.Domain.Stores;
using Sandbox.Shop.Services;

namespace Sandbox.Shop.Data;

/// <summary>The rows of a new shop: a Dutch kitchenware shop with two stores.</summary>
internal static class SampleShop
{
    /// <summary>The name of the box for text in the cart, which samples/OrderRequestSample reads.</summary>
    public const string ReferenceName = "Your reference";

    public static async Task FillAsync(ShopDatabase database, TimeProvider time)
    {
        var now = time.GetUtcNow().UtcDateTime;
        foreach (var (name, culture, code) in new[] { ("English", "en-US", "en"), ("Nederlands", "nl-NL", "nl") })
            await database.InsertAsync(new Language { Name = name, LanguageCulture = culture, UniqueSeoCode = code, Published = true, DisplayOrder = code == "en" ? 1 : 2 });

        foreach (var store in Stores())
            await database.InsertAsync(store);
        foreach (var currency in Currencies(now))
            await database.InsertAsync(currency);
        foreach (var (name, rate) in new[] { ("21 %", 21m), ("9 %", 9m), ("0 %", 0m) })
            await database.InsertAsync(new TaxCategory { Name = name, Rate = rate });
        foreach (var country in SampleCountries.All())
            await database.InsertAsync(country);
        foreach (var state in SampleCountries.States(await database.ListAsync<Country>()))
            await database.InsertAsync(state);
        foreach (var product in SampleProducts.All())
            await database.InsertAsync(product);
        foreach (var category in SampleProducts.Categories())
            await database.InsertAsync(category);
        foreach (var link in SampleProducts.Links(await database.ListAsync<Product>()))
            await database.InsertAsync(link);
        await InsertCheckoutAttributesAsync(database);
        await database.InsertAsync(new GiftCard { Amount = 25, GiftCardCouponCode = Coupons.GiftCard, IsGiftCardActivated = true, CreatedOnUtc = now });
        await InsertPeopleAsync(database, now);
    }

    private static IEnumerable<Store> Stores()
    {
        yield return new Store
        {
            Name = "De Koperen Pan",
            DisplayOrder = 1,
            DefaultLanguageId = 1,
            Hosts = "",
            CompanyName = "De Koperen Pan",
            CompanyAddress = "Voorbeeldstraat 1, 1234 AB Voorbeeldstad",
        };
        yield return new Store
        {
            Name = "De Koperen Pan België",
            DisplayOrder = 2,
            DefaultLanguageId = 2,
            Hosts = "",
            CompanyName = "De Koperen Pan",
            CompanyAddress = "Voorbeeldlaan 2, 9999 Voorbeeldgem",
        };
    }

    private static IEnumerable<Currency> Currencies(DateTime now)
    {
        (string Name, string Code, decimal Rate, string Locale, RoundingType Rounding)[] currencies =
        [
            ("Euro", "EUR", 1m, "nl-NL", RoundingType.Rounding001),
            ("US Dollar", "USD", 1.0873m, "en-US", RoundingType.Rounding001),
            ("British Pound", "GBP", 0.8342m, "en-GB", RoundingType.Rounding001),
            ("Japanese Yen", "JPY", 162.37m, "ja-JP", RoundingType.Rounding1),
            ("Kuwaiti Dinar", "KWD", 0.3336m, "ar-KW", RoundingType.Rounding001),
        ];
        return currencies.Select((currency, index) => new Currency
        {
            Name = currency.Name,
            CurrencyCode = currency.Code,
            Rate = currency.Rate,
            DisplayLocale = currency.Locale,
            RoundingType = currency.Rounding,
            Published = true,
            DisplayOrder = index,
            CreatedOnUtc = now,
            UpdatedOnUtc = now,
        });
    }

    private static async Task InsertCheckoutAttributesAsync(ShopDatabase database)
    {
        var attribute = new CheckoutAttribute { Name = "Gift wrapping", TaxCategoryId = TaxCalculator.Standard, AttributeControlType = AttributeControlType.DropdownList };
        await database.InsertAsync(attribute);
        await database.InsertAsync(new CheckoutAttributeValue { AttributeId = attribute.Id, Name = "No", IsPreSelected = true });
        await database.InsertAsync(new CheckoutAttributeValue { AttributeId = attribute.Id, Name = "Yes", PriceAdjustment = 3.50m });
        await database.InsertAsync(new CheckoutAttribute { Name = ReferenceName, AttributeControlType = AttributeControlType.TextBox });
    }

    private static async Task InsertPeopleAsync(ShopDatabase database, DateTime now)
    {
        foreach (var role in new[] { CustomerService.AdministratorsRole, CustomerService.RegisteredRole, CustomerService.GuestsRole })
            await database.InsertAsync(new CustomerRole { Name = role, SystemName = role, Active = true, IsSystemRole = true });

        var administrator = new Customer
        {
            CustomerGuid = Guid.NewGuid(),
            SystemName = WorkContext.AdministratorSystemName,
            Email = OrderMails.Owner,
            Active = true,
            LanguageId = 1,
            CreatedOnUtc = now,
        };
        await database.InsertAsync(administrator);
        foreach (var role in (await database.ListAsync<CustomerRole>()).Where(role => role.SystemName != CustomerService.GuestsRole))
            await database.InsertAsync(new CustomerRoleLink { CustomerId = administrator.Id, RoleId = role.Id });
    }
}
