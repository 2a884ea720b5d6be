using Nop.Core;
using Nop.Core.Domain.Customers;
using Nop.Core.Domain.Orders;
using Nop.Core.Domain.Stores;
using Nop.Services.Localization;
using Nop.Services.Payments;
using Sandbox.Shop.Hosting;
using Sandbox.Shop.Models;

namespace Sandbox.Shop.Services;

/// <summary>The payment methods of the checkout, in nopCommerce's order of filters: active, for this store and customer, no button, not hidden by itself, able to repeat what has to be.</summary>
internal sealed class PaymentMethods(
    IPaymentPluginManager plugins,
    IPaymentService payments,
    ShoppingCartService cartRules,
    ILocalizationService texts,
    IWorkContext workContext,
    IWebHelper webHelper,
    PluginCatalogue catalogue,
    PriceText prices)
{
    private static readonly string[] _logoTypes = ["jpg", "png", "gif"];

    public async Task<IReadOnlyList<IPaymentMethod>> OfferedAsync(Customer customer, Store store, IList<ShoppingCartItem> cart)
    {
        List<IPaymentMethod> offered = [];
        var isRecurring = await cartRules.ShoppingCartIsRecurringAsync(cart);
        foreach (var method in await plugins.LoadActivePluginsAsync(customer, store.Id))
        {
            if (method.PaymentMethodType is PaymentMethodType.Standard or PaymentMethodType.Redirection && !await method.HidePaymentMethodAsync(cart)
                && !(isRecurring && method.RecurringPaymentType == RecurringPaymentType.NotSupported))
                offered.Add(method);
        }

        return offered;
    }

    public async Task<PaymentMethodModel> DescribeAsync(IPaymentMethod method, IList<ShoppingCartItem> cart)
    {
        var systemName = method.PluginDescriptor.SystemName;
        var fee = await payments.GetAdditionalHandlingFeeAsync(cart, systemName);
        return new PaymentMethodModel(systemName, await NameAsync(method), await method.GetPaymentMethodDescriptionAsync(), LogoUrl(systemName),
            fee > 0 ? await prices.ShowAsync(fee) : null);
    }

    public async Task<string> NameAsync(IPaymentMethod method) =>
        await texts.GetLocalizedFriendlyNameAsync(method, (await workContext.GetWorkingLanguageAsync()).Id);

    /// <summary>How an order is paid; the system name if its plugin is gone.</summary>
    public async Task<string> NameAsync(Order order) =>
        await plugins.LoadPluginBySystemNameAsync(order.PaymentMethodSystemName) is { } method ? await NameAsync(method) : order.PaymentMethodSystemName ?? "";

    /// <summary>nopCommerce knows logo.jpg, logo.png and logo.gif in the plugin's folder, and nothing else.</summary>
    public string? LogoUrl(string systemName) => catalogue.Find(systemName) is { } plugin
        && _logoTypes.FirstOrDefault(extension => File.Exists(Path.Combine(plugin.Folder, $"logo.{extension}"))) is { } found
        ? $"{webHelper.GetStoreLocation()}Plugins/{systemName}/logo.{found}"
        : null;
}
