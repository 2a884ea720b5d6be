using System.Linq.Expressions;
using Nop.Core.Domain.Catalog;
using Nop.Core.Domain.Orders;
using Nop.Core.Domain.Tax;
using Nop.Plugin.Payments.MultiSafepay.Api;
using Nop.Services.Catalog;
using Nop.Services.Localization;
using Nop.Services.Orders;

namespace Nop.Plugin.Payments.MultiSafepay.Checkout.Request;

/// <summary>Reads the data of an order's cart from nopCommerce.</summary>
public class CartSourceReader(
    IOrderService orderService,
    IProductService productService,
    ILocalizationService localizationService,
    IGiftCardService giftCardService,
    IRewardPointService rewardPointService)
{
    /// <summary>The longest name or description of an item that is sent, in characters. No source; chosen.</summary>
    public const int MaxTextLength = 255;

    /// <summary>The longest item id that is sent, in characters. No source; chosen.</summary>
    public const int MaxItemIdLength = 50;

    // Less than an attribute costs, and more than rounding leaves between the items and their sum. In the primary store currency.
    private const decimal RoundingOfALine = 0.01m;

    private static readonly Expression<Func<Product, string>> _name = product => product.Name;

    /// <summary>Reads the data of an order.</summary>
    public async Task<CartSource> ReadAsync(Order order)
    {
        var texts = await TextsAsync(order);
        var items = await orderService.GetOrderItemsAsync(order.Id);
        var products = await ProductsAsync(items);
        var lines = new List<CartLine>();
        foreach (var item in items)
            lines.Add(await LineAsync(order, item, products.GetValueOrDefault(item.ProductId)));
        if (Attributes(order, items, texts) is { } attributes)
            lines.Add(attributes);

        return new CartSource
        {
            Lines = lines,
            SubtotalDiscount = new TaxedAmount(order.OrderSubTotalDiscountExclTax, order.OrderSubTotalDiscountInclTax),
            Charges = [.. Charges(order, texts).Where(line => !line.Amount.IsZero)],
            Deductions = [.. (await DeductionsAsync(order, texts)).Where(line => !line.Amount.IsZero)],
            TaxRates = OrderTaxRates.Read(order.TaxRates),
            PricesIncludeTax = order.CustomerTaxDisplayType == TaxDisplayType.IncludingTax,
            Texts = texts
        };
    }

    /// <summary>The names of lines that are not products, in the order's language.</summary>
    public async Task<CartTexts> TextsAsync(Order order)
    {
        return new CartTexts(
            await TextAsync("Shipping"), await TextAsync("PaymentFee"), await TextAsync("Attributes"), await TextAsync("Discount"),
            await TextAsync("GiftCard"), await TextAsync("RewardPoints"), await TextAsync("Rounding"), await TextAsync("Adjustment"));

        async Task<string> TextAsync(string name) =>
            FieldText.Clean(await localizationService.GetResourceAsync($"{MultiSafepayDefaults.ResourcePrefix}.Cart.{name}", order.CustomerLanguageId), MaxTextLength) ?? name;
    }

    // All products with one question, so that a long order takes no longer for each line than a short one. nopCommerce leaves out those that were deleted since (4.90.6,
    // ProductService.GetProductsByIdsAsync).
    private async Task<Dictionary<int, Product>> ProductsAsync(IList<OrderItem> items)
    {
        int[] ids = [.. items.Select(item => item.ProductId).Distinct()];
        var products = (await productService.GetProductsByIdsAsync(ids)).ToDictionary(product => product.Id);
        foreach (var id in ids.Where(id => !products.ContainsKey(id)))
        {
            if (await productService.GetProductByIdAsync(id) is { } deleted)
                products.Add(id, deleted);
        }

        return products;
    }

    // nopCommerce compiles the expression, which takes longer than the rest of the line, if it has to return the default value (4.90.6, LocalizationService.GetLocalizedAsync).
    private async Task<string> NameAsync(Order order, Product product) =>
        await localizationService.GetLocalizedAsync(product, _name, order.CustomerLanguageId, returnDefaultValue: false) is { Length: > 0 } name ? name : product.Name;

    private async Task<CartLine> LineAsync(Order order, OrderItem item, Product? product)
    {
        var fallback = FormattableString.Invariant($"{item.ProductId}");
        var name = product is null ? null : await NameAsync(order, product);
        var sku = product is null ? null : await productService.FormatSkuAsync(product, item.AttributesXml);
        return new CartLine(
            FieldText.Clean(name, MaxTextLength) ?? fallback,
            FieldText.Clean(sku, MaxItemIdLength) ?? fallback,
            item.Quantity,
            new TaxedAmount(item.PriceExclTax, item.PriceInclTax))
        {
            Description = FieldText.Clean(item.AttributeDescription, MaxTextLength)
        };
    }

    // Checkout attributes are part of the subtotal, and nopCommerce stores only their description. The current attributes and prices may differ.
    private static CartLine? Attributes(Order order, IList<OrderItem> items, CartTexts texts)
    {
        var amount = new TaxedAmount(
            order.OrderSubtotalExclTax - items.Sum(item => item.PriceExclTax),
            order.OrderSubtotalInclTax - items.Sum(item => item.PriceInclTax));
        if (string.IsNullOrEmpty(order.CheckoutAttributesXml) || Math.Abs(amount.InclTax) <= RoundingOfALine * items.Count)
            return null;
        return new CartLine(FieldText.Clean(order.CheckoutAttributeDescription, MaxTextLength) ?? texts.Attributes, "checkout-attributes", 1, amount) { MayMixRates = true };
    }

    private static IEnumerable<CartLine> Charges(Order order, CartTexts texts)
    {
        yield return new CartLine(
            FieldText.Clean(order.ShippingMethod, MaxTextLength) ?? texts.Shipping,
            Api.ShoppingCart.ShippingItemId,
            1,
            new TaxedAmount(order.OrderShippingExclTax, order.OrderShippingInclTax));
        yield return new CartLine(
            texts.PaymentFee, "payment-fee", 1, new TaxedAmount(order.PaymentMethodAdditionalFeeExclTax, order.PaymentMethodAdditionalFeeInclTax));
    }

    // A gift card's code is as good as money and is not sent.
    private async Task<IEnumerable<CartLine>> DeductionsAsync(Order order, CartTexts texts)
    {
        var giftCards = await giftCardService.GetGiftCardUsageHistoryAsync(order);
        var points = order.RedeemedRewardPointsEntryId is { } entryId ? await rewardPointService.GetRewardPointsHistoryEntryByIdAsync(entryId) : null;
        return
        [
            new CartLine(texts.Discount, "order-discount", 1, TaxedAmount.Untaxed(order.OrderDiscount)),
            .. giftCards.Select(usage => new CartLine(texts.GiftCard, "gift-card", 1, TaxedAmount.Untaxed(usage.UsedValue))),
            new CartLine(texts.RewardPoints, "reward-points", 1, TaxedAmount.Untaxed(points?.UsedAmount ?? 0))
        ];
    }
}
