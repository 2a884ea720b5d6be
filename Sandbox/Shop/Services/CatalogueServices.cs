using Nop.Core.Domain.Catalog;
using Nop.Core.Domain.Directory;
using Nop.Services.Catalog;
using Nop.Services.Directory;
using Sandbox.Shop.Data;

namespace Sandbox.Shop.Services;

/// <summary>Products.</summary>
internal sealed class ProductService(ShopDatabase database, RequestCache requestCache) : IProductService
{
    public Task<Product?> GetProductByIdAsync(int productId) => requestCache.FindAsync<Product>(productId);

    /// <summary>In the order of the ids, without deleted products, as in nopCommerce.</summary>
    public async Task<IList<Product>> GetProductsByIdsAsync(int[] productIds)
    {
        var wanted = productIds.ToHashSet();
        var found = (await database.ListAsync<Product>(product => !product.Deleted && wanted.Contains(product.Id))).ToDictionary(product => product.Id);
        return [.. productIds.Where(found.ContainsKey).Select(id => found[id])];
    }

    public async Task AdjustInventoryAsync(Product product, int quantityToChange, string attributesXml = "", string message = "")
    {
        if (product.ManageInventoryMethod != ManageInventoryMethod.ManageStock || await database.FindAsync<Product>(product.Id) is not { } stored)
            return;
        stored.StockQuantity += quantityToChange;
        await database.UpdateAsync(stored);
        requestCache.Forget<Product>();
    }

    public Task<int> GetTotalStockQuantityAsync(Product product, bool useReservedQuantity = true, int warehouseId = 0) => Task.FromResult(product.StockQuantity);

    public Task<string> FormatSkuAsync(Product product, string? attributesXml = null) => Task.FromResult(product.Sku);
}

/// <summary>Rounding of prices by the rule of a currency.</summary>
internal sealed class PriceCalculationService(ICurrencyService currencies, CurrencySettings settings) : IPriceCalculationService
{
    public async Task<decimal> RoundPriceAsync(decimal value, Currency? currency = null) =>
        Round(value, (currency ?? await currencies.GetCurrencyByIdAsync(settings.PrimaryStoreCurrencyId)).RoundingType);

    /// <summary>First two decimals, half to even; then to the currency's own step.</summary>
    public decimal Round(decimal value, RoundingType roundingType)
    {
        var cents = Math.Round(value, 2);
        return roundingType switch
        {
            RoundingType.Rounding005Up => Math.Ceiling(cents * 20) / 20,
            RoundingType.Rounding005Down => Math.Floor(cents * 20) / 20,
            RoundingType.Rounding01Up => Math.Ceiling(cents * 10) / 10,
            RoundingType.Rounding01Down => Math.Floor(cents * 10) / 10,
            RoundingType.Rounding05 => Math.Round(cents * 2, MidpointRounding.AwayFromZero) / 2,
            RoundingType.Rounding1 => Math.Round(cents, MidpointRounding.AwayFromZero),
            RoundingType.Rounding1Up => Math.Ceiling(cents),
            _ => cents,
        };
    }
}
