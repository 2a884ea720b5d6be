using Nop.Core.Domain.Directory;
using Nop.Core.Domain.Orders;
using Nop.Core.Domain.Payments;
using Nop.Core.Domain.Stores;
using Nop.Core.Domain.Tax;
using Nop.Services.Configuration;
using Nop.Services.Localization;
using Nop.Services.ScheduleTasks;
using Sandbox.Shop.Data;

namespace Sandbox.Shop.Services;

/// <summary>Writes the settings and texts of a new shop, and its addresses when they are known.</summary>
internal sealed class StoreSetup(ShopDatabase database, ISettingService settings, IScheduleTaskService tasks, ILocalizationService texts)
{
    /// <summary>The host names of the two stores: both are this machine.</summary>
    private static readonly string[] _hostNames = ["localhost", "127.0.0.1"];

    public async Task SaveSettingsAsync()
    {
        var euro = (await database.ListAsync<Currency>(currency => currency.CurrencyCode == "EUR")).Single();
        await settings.SaveSettingAsync(new CurrencySettings { PrimaryStoreCurrencyId = euro.Id, PrimaryExchangeRateCurrencyId = euro.Id });
        await settings.SaveSettingAsync(new PaymentSettings { AllowRePostingPayments = true, ShowPaymentMethodDescriptions = true, RegenerateOrderGuidInterval = 180 });
        await settings.SaveSettingAsync(new TaxSettings
        {
            PricesIncludeTax = true,
            TaxDisplayType = TaxDisplayType.IncludingTax,
            ShippingIsTaxable = true,
            ShippingPriceIncludesTax = true,
            PaymentMethodAdditionalFeeIsTaxable = true,
            PaymentMethodAdditionalFeeIncludesTax = true,
        });
        await settings.SaveSettingAsync(new OrderSettings
        {
            AnonymousCheckoutAllowed = true,
            IsReOrderAllowed = true,
            CompleteOrderWhenDelivered = false,
#if !NOP_480
            AllowCustomersCancelOrders = true,
#endif
        });
        await UnpaidOrderTasks.AddAsync(settings, tasks);
        foreach (var (culture, resources) in ShopTexts.All)
        {
            var language = (await database.ListAsync<Nop.Core.Domain.Localization.Language>(language => language.LanguageCulture == culture)).Single();
            await texts.AddOrUpdateLocaleResourceAsync(resources, language.Id);
        }
    }

    /// <summary>Each store answers to one host name; the first node's address becomes its public URL, other nodes only add theirs to the hosts.</summary>
    public async Task SetAddressAsync(Uri address, ShopOptions options)
    {
        var stores = await database.ListAsync<Store>();
        foreach (var (store, hostName) in stores.Zip(_hostNames))
        {
            var host = $"{hostName}:{address.Port}";
            if (string.IsNullOrEmpty(store.Url))
                store.Url = store == stores[0] && options.StoreUrl is { } url ? url.TrimEnd('/') + "/" : $"http://{host}{options.PathBase}/";
            store.Hosts = string.Join(",", [.. StoreContext.HostsOf(store), host]);
            await database.UpdateAsync(store);
        }
    }
}
