using Nop.Core;
using Nop.Core.Domain.Catalog;
using Nop.Core.Domain.Customers;
using Nop.Core.Domain.Orders;
using Nop.Services.Catalog;
using Nop.Services.Localization;
using Nop.Services.Orders;
using Sandbox.Shop.Data;

namespace Sandbox.Shop.Services;

/// <summary>The shopping cart of a customer in a store, and what was chosen for its checkout.</summary>
internal sealed class Carts(ShopDatabase database, TimeProvider time)
{
    public async Task<IList<ShoppingCartItem>> GetAsync(int customerId, int storeId) => await database.ListAsync<ShoppingCartItem>(item =>
        item.CustomerId == customerId && item.StoreId == storeId && item.ShoppingCartType == ShoppingCartType.ShoppingCart);

    /// <summary>Adds to the cart what is in stock; answers why not, if not.</summary>
    public async Task<string?> AddAsync(int customerId, int storeId, int productId, int quantity)
    {
        if (await database.FindAsync<Product>(productId) is not { Published: true, Deleted: false } product)
            return "Shop.Error.NoSuchProduct";
        var item = (await GetAsync(customerId, storeId)).FirstOrDefault(item => item.ProductId == productId);
        if ((item?.Quantity ?? 0) + quantity > product.StockQuantity)
            return "Shop.Error.OutOfStock";

        var now = time.GetUtcNow().UtcDateTime;
        if (item is null)
        {
            await database.InsertAsync(new ShoppingCartItem
            {
                CustomerId = customerId,
                StoreId = storeId,
                ProductId = productId,
                Quantity = quantity,
                ShoppingCartType = ShoppingCartType.ShoppingCart,
                CreatedOnUtc = now,
                UpdatedOnUtc = now,
            });
        }
        else
        {
            item.Quantity += quantity;
            item.UpdatedOnUtc = now;
            await database.UpdateAsync(item);
        }

        return null;
    }

    /// <summary>Sets a line's quantity; zero takes it out.</summary>
    public async Task SetQuantityAsync(int customerId, int storeId, int itemId, int quantity)
    {
        if ((await GetAsync(customerId, storeId)).FirstOrDefault(item => item.Id == itemId) is not { } item)
            return;
        if (quantity <= 0)
        {
            await database.DeleteAsync(item);
            return;
        }

        var stock = (await database.FindAsync<Product>(item.ProductId))?.StockQuantity ?? 0;
        item.Quantity = Math.Min(quantity, stock);
        item.UpdatedOnUtc = time.GetUtcNow().UtcDateTime;
        await database.UpdateAsync(item);
    }

    public async Task EmptyAsync(int customerId, int storeId)
    {
        foreach (var item in await GetAsync(customerId, storeId))
            await database.DeleteAsync(item);
    }

    public async Task<CheckoutChoices> GetChoicesAsync(int customerId, int storeId) =>
        await database.FirstOrDefaultAsync<CheckoutChoices>(row => row.CustomerId == customerId && row.StoreId == storeId)
        ?? new CheckoutChoices { CustomerId = customerId, StoreId = storeId };

    public Task SaveChoicesAsync(CheckoutChoices choices) => choices.Id == 0 ? database.InsertAsync(choices) : database.UpdateAsync(choices);
}

/// <summary>The cart as plugins see it.</summary>
internal sealed class ShoppingCartService(Carts carts, IProductService products, ILocalizationService texts) : IShoppingCartService
{
#if NOP_480
    public Task<IList<ShoppingCartItem>> GetShoppingCartAsync(
        Customer customer, ShoppingCartType? shoppingCartType, int storeId, int? productId, DateTime? createdFromUtc, DateTime? createdToUtc) =>
#else
    public Task<IList<ShoppingCartItem>> GetShoppingCartAsync(
        Customer customer, ShoppingCartType? shoppingCartType, int storeId, int? productId, DateTime? createdFromUtc, DateTime? createdToUtc, int? customWishlistId) =>
#endif
        carts.GetAsync(customer.Id, storeId);

    public async Task<bool> ShoppingCartIsRecurringAsync(IList<ShoppingCartItem> shoppingCart) => (await ProductsAsync(shoppingCart)).Exists(product => product.IsRecurring);

    /// <summary>The cycle of the recurring products in the cart; an error, and no cycle, if theirs differ.</summary>
    public async Task<(string error, int cycleLength, RecurringProductCyclePeriod cyclePeriod, int totalCycles)> GetRecurringCycleInfoAsync(IList<ShoppingCartItem> shoppingCart)
    {
        var cycles = (await ProductsAsync(shoppingCart)).Where(product => product.IsRecurring)
            .Select(product => (Length: product.RecurringCycleLength, Period: product.RecurringCyclePeriod, Total: product.RecurringTotalCycles)).Distinct().ToList();
        return cycles switch
        {
            [] => ("", 0, default, 0),
            [var cycle] => ("", cycle.Length, cycle.Period, cycle.Total),
            _ => (await texts.GetResourceAsync("ShoppingCart.ConflictingShipmentSchedules"), 0, default, 0),
        };
    }

    /// <summary>What is wrong with the cart as a whole; such a cart cannot be ordered.</summary>
    public async Task<IReadOnlyList<string>> GetWarningsAsync(IList<ShoppingCartItem> cart)
    {
        List<string> warnings = [];
        if ((await ProductsAsync(cart)).Select(product => product.IsRecurring).Distinct().Count() > 1)
            warnings.Add(await texts.GetResourceAsync("ShoppingCart.CannotMixStandardAndAutoshipProducts"));
        if ((await GetRecurringCycleInfoAsync(cart)).error is { Length: > 0 } conflict)
            warnings.Add(conflict);
        return warnings;
    }

    private async Task<List<Product>> ProductsAsync(IList<ShoppingCartItem> cart)
    {
        List<Product> found = [];
        foreach (var item in cart)
            found.Add(await products.GetProductByIdAsync(item.ProductId) ?? throw new NopException($"Product {item.ProductId} is gone"));
        return found;
    }
}
