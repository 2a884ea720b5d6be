using Nop.Core.Domain.Common;
using Nop.Core.Domain.Customers;
using Nop.Services.Common;
using Nop.Services.Customers;
using Nop.Services.Directory;
using Nop.Services.Localization;
using Nop.Services.Payments;
using Sandbox.Shop.Models;

namespace Sandbox.Shop.Services;

/// <summary>What the steps of the checkout show and keep.</summary>
internal sealed class CheckoutSteps(
    CurrentVisitor visitor,
    Carts carts,
    CartCalculator calculator,
    OrderPages pages,
    PaymentMethods methods,
    IPaymentPluginManager plugins,
    IAddressService addresses,
    ICustomerService customers,
    IGenericAttributeService attributes,
    ICountryService countries,
    StateProvinceService states,
    ILocalizationService texts,
    PriceText prices)
{
    /// <summary>Asked without the payment fee, as in nopCommerce.</summary>
    public async Task<bool> IsPaymentNeededAsync() => (await calculator.CalculateAsync(await visitor.CartAsync(), await visitor.ChoicesAsync(), withPaymentFee: false)).Total > 0;

    /// <summary>The form as it was filled in last time.</summary>
    public async Task<CheckoutForm> FormAsync()
    {
        var choices = await visitor.ChoicesAsync();
        var form = new CheckoutForm { Shipping = choices.ShippingMethod, PaymentMethod = choices.PaymentMethodSystemName };
        if (choices.BillingAddressId == 0 || await addresses.GetAddressByIdAsync(choices.BillingAddressId) is not { } address)
            return form;
        form.FirstName = address.FirstName;
        form.LastName = address.LastName;
        form.Company = address.Company;
        form.Email = address.Email;
        form.Phone = address.PhoneNumber;
        form.Address1 = address.Address1;
        form.Address2 = address.Address2;
        form.Zip = address.ZipPostalCode;
        form.City = address.City;
        form.CountryId = address.CountryId ?? 1;
        form.StateId = address.StateProvinceId;
        return form;
    }

    public async Task<CheckoutModel> CheckoutAsync(CheckoutForm form)
    {
        var totals = await calculator.CalculateAsync(await visitor.CartAsync(), await visitor.ChoicesAsync(), withPaymentFee: false);
        List<ShippingModel> shippings = [];
        foreach (var option in ShippingOption.All)
            shippings.Add(new ShippingModel(option.Name, await texts.GetResourceAsync(option.ResourceKey), await prices.ShowAsync(option.Price)));

        return new CheckoutModel
        {
            Form = form,
            Countries = [.. (await countries.GetAllCountriesAsync()).Select(country => (country.Id, country.Name))],
            States = [.. (await states.GetAllAsync()).Select(state => (state.Id, state.Name))],
            Shippings = shippings,
            PaymentMethods = await PaymentMethodsAsync(),
            NeedsShipping = totals.NeedsShipping,
        };
    }

    public async Task<IReadOnlyList<PaymentMethodModel>> PaymentMethodsAsync()
    {
        var cart = await visitor.CartAsync();
        List<PaymentMethodModel> offered = [];
        foreach (var method in await methods.OfferedAsync(await visitor.CustomerAsync(), await visitor.StoreAsync(), cart))
            offered.Add(await methods.DescribeAsync(method, cart));
        return offered;
    }

    public async Task SaveAsync(CheckoutForm form)
    {
        var customer = await visitor.CustomerAsync();
        var address = new Address
        {
            FirstName = form.FirstName,
            LastName = form.LastName,
            Company = form.Company,
            Email = form.Email,
            PhoneNumber = form.Phone,
            Address1 = form.Address1,
            Address2 = form.Address2,
            ZipPostalCode = form.Zip,
            City = form.City,
            CountryId = form.CountryId,
            StateProvinceId = form.StateId,
        };
        await addresses.InsertAddressAsync(address);
        customer.BillingAddressId = customer.ShippingAddressId = address.Id;
        await customers.UpdateCustomerAsync(customer);

        var choices = await visitor.ChoicesAsync();
        choices.BillingAddressId = address.Id;
        choices.ShippingMethod = ShippingOption.Find(form.Shipping)?.Name ?? ShippingOption.All[0].Name;
        choices.PaymentMethodSystemName = form.PaymentMethod ?? "";
        await carts.SaveChoicesAsync(choices);

        var isShipped = (await calculator.CalculateAsync(await visitor.CartAsync(), choices, withPaymentFee: false)).NeedsShipping;
        var option = isShipped ? ShippingOption.Find(choices.ShippingMethod)!.ToChosen() : null;
        await attributes.SaveAttributeAsync(customer, NopCustomerDefaults.SelectedShippingOptionAttribute, option, choices.StoreId);
    }

    public async Task ChooseAsync(string paymentMethod)
    {
        var choices = await visitor.ChoicesAsync();
        choices.PaymentMethodSystemName = paymentMethod;
        await carts.SaveChoicesAsync(choices);
    }

    public async Task<ConfirmModel> ConfirmAsync(IReadOnlyList<string> warnings)
    {
        var choices = await visitor.ChoicesAsync();
        var totals = await calculator.CalculateAsync(await visitor.CartAsync(), choices);
        var method = await plugins.LoadPluginBySystemNameAsync(choices.PaymentMethodSystemName);
        return new ConfirmModel(await pages.LinesAsync(totals), await pages.TotalsAsync(totals), await pages.AddressAsync(choices.BillingAddressId),
            totals.NeedsShipping && ShippingOption.Find(choices.ShippingMethod) is { } option ? await texts.GetResourceAsync(option.ResourceKey) : "–",
            method is null || totals.Total == 0 ? "–" : await methods.NameAsync(method),
            method is null || totals.Total == 0 ? [] : CustomValuesText.Pairs(PendingPayments.Read(choices)), warnings);
    }
}
