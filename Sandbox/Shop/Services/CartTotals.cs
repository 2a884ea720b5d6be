using Nop.Core.Domain.Catalog;
using Nop.Core.Domain.Orders;

namespace Sandbox.Shop.Services;

/// <summary>One line of the cart with its price.</summary>
internal sealed record ShopCartLine(ShoppingCartItem Item, Product Product, TaxedPrice Unit, TaxedPrice Line);

/// <summary>What a cart costs, in the primary currency, split as an order is.</summary>
internal sealed record CartTotals
{
    public required IReadOnlyList<ShopCartLine> Lines { get; init; }

    /// <summary>Items and checkout attributes, before discount.</summary>
    public required decimal SubtotalExclTax { get; init; }

    public required decimal SubtotalInclTax { get; init; }

    public decimal SubtotalDiscountExclTax { get; init; }

    public decimal SubtotalDiscountInclTax { get; init; }

    public required TaxedPrice Shipping { get; init; }

    public required TaxedPrice PaymentFee { get; init; }

    public TaxedPrice? GiftWrapping { get; init; }

    public required decimal Tax { get; init; }

    public required SortedDictionary<decimal, decimal> TaxByRate { get; init; }

    /// <summary>A discount on the whole, tax included.</summary>
    public decimal OrderDiscount { get; init; }

    /// <summary>What is paid with a gift card.</summary>
    public decimal GiftCardAmount { get; init; }

    public required decimal Total { get; init; }

    public bool NeedsShipping => Lines.Any(line => line.Product.IsShipEnabled);
}
