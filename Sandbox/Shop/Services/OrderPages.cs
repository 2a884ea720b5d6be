using Nop.Core.Domain.Catalog;
using Nop.Core.Domain.Orders;
using Nop.Services.Catalog;
using Nop.Services.Common;
using Nop.Services.Directory;
using Nop.Services.Localization;
using Nop.Services.Orders;
using Nop.Services.Stores;
using Sandbox.Shop.Models;

namespace Sandbox.Shop.Services;

/// <summary>Turns carts and orders into what the pages show.</summary>
internal sealed class OrderPages(
    IOrderService orders,
    IProductService products,
    IGiftCardService giftCards,
    IAddressService addresses,
    ICountryService countries,
    IStoreService stores,
    ILocalizationService texts,
    PaymentMethods methods,
    CycleText cycles,
    PriceText prices)
{
    public async Task<IReadOnlyList<LineModel>> LinesAsync(CartTotals totals)
    {
        List<LineModel> lines = [];
        foreach (var line in totals.Lines)
        {
            lines.Add(new LineModel(line.Item.Id, line.Product.Name, line.Product.Sku, line.Item.Quantity,
                await prices.ShowAsync(line.Unit.InclTax), await prices.ShowAsync(line.Line.InclTax), await cycles.DescribeAsync(line.Product)));
        }

        return lines;
    }

    public async Task<IReadOnlyList<LineModel>> LinesAsync(Order order, Func<decimal, Task<string>> write)
    {
        List<LineModel> lines = [];
        foreach (var item in await orders.GetOrderItemsAsync(order.Id))
        {
            Product? product = await products.GetProductByIdAsync(item.ProductId);
            lines.Add(new LineModel(item.Id, product?.Name ?? "?", product?.Sku ?? "", item.Quantity, await write(item.UnitPriceInclTax), await write(item.PriceInclTax),
                await cycles.DescribeAsync(product)));
        }

        return lines;
    }

    public Task<IReadOnlyList<TotalModel>> TotalsAsync(CartTotals totals) => TotalsAsync(prices.ShowAsync, totals.SubtotalInclTax, totals.SubtotalDiscountInclTax,
        totals.Shipping.InclTax, totals.PaymentFee.InclTax, totals.TaxByRate, totals.OrderDiscount, totals.GiftCardAmount, totals.Total, 0);

    public async Task<IReadOnlyList<TotalModel>> TotalsAsync(Order order, Func<decimal, Task<string>> write) => await TotalsAsync(write, order.OrderSubtotalInclTax,
        order.OrderSubTotalDiscountInclTax, order.OrderShippingInclTax, order.PaymentMethodAdditionalFeeInclTax, orders.ParseTaxRates(order, order.TaxRates),
        order.OrderDiscount, (await giftCards.GetGiftCardUsageHistoryAsync(order)).Sum(usage => usage.UsedValue), order.OrderTotal, order.RefundedAmount);

    public async Task<OrderRowModel> RowAsync(Order order, Func<decimal, Task<string>> write) => new(
        order.Id,
        order.CustomOrderNumber,
        order.CreatedOnUtc,
        await write(order.OrderTotal),
        await texts.GetLocalizedEnumAsync(order.OrderStatus),
        await texts.GetLocalizedEnumAsync(order.PaymentStatus),
        await texts.GetLocalizedEnumAsync(order.ShippingStatus),
        await methods.NameAsync(order),
        (await stores.GetStoreByIdAsync(order.StoreId))?.Name ?? "",
        (await addresses.GetAddressByIdAsync(order.BillingAddressId)) is { } address ? $"{address.FirstName} {address.LastName}" : "");

    public async Task<IReadOnlyList<string>> AddressAsync(int addressId)
    {
        if (await addresses.GetAddressByIdAsync(addressId) is not { } address)
            return [];
        var country = await countries.GetCountryByAddressAsync(address);
        return [.. new[]
        {
            address.Company, $"{address.FirstName} {address.LastName}", $"{address.Address1} {address.Address2}".Trim(),
            $"{address.ZipPostalCode} {address.City}".Trim(), country?.Name, address.Email, address.PhoneNumber,
        }.OfType<string>().Where(line => line.Length > 0)];
    }

    public async Task<IReadOnlyList<NoteModel>> NotesAsync(Order order, bool? forCustomer) =>
        [.. (await orders.GetOrderNotesByOrderIdAsync(order.Id, forCustomer)).Select(note => new NoteModel(note.CreatedOnUtc, note.Note, note.DisplayToCustomer))];

    private async Task<IReadOnlyList<TotalModel>> TotalsAsync(Func<decimal, Task<string>> write, decimal subtotal, decimal subtotalDiscount, decimal shipping, decimal fee,
        SortedDictionary<decimal, decimal> taxByRate, decimal discount, decimal giftCard, decimal total, decimal refunded)
    {
        List<TotalModel> lines = [await LineAsync("Subtotal", subtotal)];
        if (subtotalDiscount > 0)
            lines.Add(await LineAsync("Discount", -subtotalDiscount));
        if (shipping > 0)
            lines.Add(await LineAsync("Shipping", shipping));
        if (fee > 0)
            lines.Add(await LineAsync("Fee", fee));
        if (discount > 0)
            lines.Add(await LineAsync("Discount", -discount));
        if (giftCard > 0)
            lines.Add(await LineAsync("GiftCard", -giftCard));
        lines.Add(await LineAsync("Total", total) with { IsSum = true });
        foreach (var (rate, tax) in taxByRate.Where(pair => pair.Value > 0))
            lines.Add(new TotalModel(string.Format(null, await texts.GetResourceAsync("Shop.Totals.Tax"), rate.ToString("0.##", null)), await write(tax), IsNote: true));
        if (refunded > 0)
            lines.Add(await LineAsync("Refunded", refunded) with { IsNote = true });
        return lines;

        async Task<TotalModel> LineAsync(string key, decimal amount) => new(await texts.GetResourceAsync($"Shop.Totals.{key}"), await write(amount));
    }
}
