using Nop.Core;
using Nop.Core.Domain.Customers;
using Nop.Core.Domain.Orders;
using Nop.Core.Domain.Stores;
using Sandbox.Shop.Data;

namespace Sandbox.Shop.Services;

/// <summary>The visitor, the store and the cart that a page is about.</summary>
internal sealed class CurrentVisitor(IWorkContext workContext, IStoreContext storeContext, Carts carts)
{
    public Task<Customer> CustomerAsync() => workContext.GetCurrentCustomerAsync();

    public Task<Store> StoreAsync() => storeContext.GetCurrentStoreAsync();

    public async Task<IList<ShoppingCartItem>> CartAsync() => await carts.GetAsync((await CustomerAsync()).Id, (await StoreAsync()).Id);

    public async Task<CheckoutChoices> ChoicesAsync() => await carts.GetChoicesAsync((await CustomerAsync()).Id, (await StoreAsync()).Id);
}
