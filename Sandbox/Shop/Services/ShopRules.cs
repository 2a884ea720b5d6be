using Nop.Core.Domain.Orders;

namespace Sandbox.Shop.Services;

/// <summary>The shop's settings that only some versions of nopCommerce have.</summary>
internal sealed class ShopRules(OrderSettings settings)
{
    /// <summary>Customers cancel their own orders from nopCommerce 4.90 on.</summary>
#if NOP_480
    public bool MayCustomersCancel => settings is null;
#else
    public bool MayCustomersCancel => settings.AllowCustomersCancelOrders;
#endif
}
