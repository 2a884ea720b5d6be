namespace Nop.Core.Domain.Orders;

/// <summary>Whether a line is in the cart or on the wish list.</summary>
public enum ShoppingCartType
{
    ShoppingCart = 1,
    Wishlist = 2,
}
