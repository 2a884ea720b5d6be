using Nop.Core.Domain.Customers;
using Nop.Core.Domain.Orders;
using Nop.Core.Domain.Shipping;
using Nop.Services.Catalog;
using Nop.Services.Common;
using Nop.Services.Customers;
using Nop.Services.Orders;

namespace Nop.Plugin.Payments.MultiSafepay.Checkout.Methods;

/// <summary>Reads what is in a cart or an order, and how it is sent. Called only if the owner has a rule about it, because it takes more than nopCommerce has in its cache.</summary>
public class CartContents(
    ICategoryService categoryService,
    ICustomerService customerService,
    IGenericAttributeService genericAttributeService,
    IOrderService orderService,
    IShoppingCartService shoppingCartService)
{
    private const int MaxDepth = 50;

    /// <summary>The ids of the categories of each product, with the categories above them; null if the order is neither placed nor a customer's cart.</summary>
    /// <param name="order">The order, or a draft of it while it is still a cart.</param>
    public async Task<IReadOnlyList<IReadOnlyCollection<int>>?> CategoriesAsync(Order order)
    {
        if (await ProductsAsync(order) is not { } products)
            return null;
        List<IReadOnlyCollection<int>> categories = [];
        foreach (var productId in products.Distinct())
            categories.Add(await CategoriesOfAsync(productId));
        return categories;
    }

    /// <summary>The ids of a category and of those above it.</summary>
    public async Task<IReadOnlyCollection<int>> WithParentsAsync(int categoryId)
    {
        var ids = new HashSet<int>();
        await AddWithParentsAsync(categoryId, ids);
        return ids;
    }

    /// <summary>
    /// The name of the chosen shipping method and the system name of its provider; empty if nothing is shipped or nothing has been chosen yet, and null if the order is neither placed nor a
    /// customer's cart. nopCommerce's checkout removes the choice of an earlier cart if nothing of this one is shipped (4.90.6, CheckoutController).
    /// </summary>
    /// <param name="order">The order, or a draft of it while it is still a cart.</param>
    public async Task<IReadOnlyList<string>?> ShippingMethodAsync(Order order)
    {
        if (order.Id > 0)
            return Names(order.ShippingMethod, order.ShippingRateComputationMethodSystemName);
        if (await customerService.GetCustomerByIdAsync(order.CustomerId) is not { } customer)
            return null;
        var option = await genericAttributeService.GetAttributeAsync<ShippingOption?>(customer, NopCustomerDefaults.SelectedShippingOptionAttribute, order.StoreId);
        return Names(option?.Name, option?.ShippingRateComputationMethodSystemName);
    }

    private static IReadOnlyList<string> Names(params string?[] names) => [.. names.Where(name => !string.IsNullOrWhiteSpace(name)).Select(name => name!.Trim())];

    private async Task<IEnumerable<int>?> ProductsAsync(Order order)
    {
        if (order.Id > 0)
            return (await orderService.GetOrderItemsAsync(order.Id)).Select(item => item.ProductId);
        return await customerService.GetCustomerByIdAsync(order.CustomerId) is { } customer
            ? (await shoppingCartService.GetShoppingCartAsync(customer, ShoppingCartType.ShoppingCart, order.StoreId)).Select(item => item.ProductId)
            : null;
    }

    private async Task<IReadOnlyCollection<int>> CategoriesOfAsync(int productId)
    {
        var ids = new HashSet<int>();
        foreach (var link in await categoryService.GetProductCategoriesByProductIdAsync(productId, showHidden: true))
            await AddWithParentsAsync(link.CategoryId, ids);
        return ids;
    }

    private async Task AddWithParentsAsync(int categoryId, HashSet<int> ids)
    {
        var next = categoryId;
        for (var depth = 0; depth < MaxDepth && next > 0 && ids.Add(next); depth++)
            next = (await categoryService.GetCategoryByIdAsync(next))?.ParentCategoryId ?? 0;
    }
}
