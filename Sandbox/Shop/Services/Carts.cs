using Nop.Core.Domain.Catalog;
using Nop.Core.Domain.Customers;
using Nop.Core.Domain.Orders;
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
internal sealed class ShoppingCartService(Carts carts) : IShoppingCartService
{
#if NOP_480
    public Task<IList<ShoppingCartItem>> GetShoppingCartAsync(
        Customer customer, ShoppingCartType? shoppingCartType, int storeId, int? productId, DateTime? createdFromUtc, DateTime? createdToUtc) =>
#else
    public Task<IList<ShoppingCartItem>> GetShoppingCartAsync(
        Customer customer, ShoppingCartType? shoppingCartType, int storeId, int? productId, DateTime? createdFromUtc, DateTime? createdToUtc, int? customWishlistId) =>
#endif
        carts.GetAsync(customer.Id, storeId);
}
