namespace Nop.Plugin.Payments.MultiSafepay.AfterSales;

/// <summary>An item of an order, with the number of its pieces that have left.</summary>
/// <param name="Price">The price of all its pieces, in the primary store currency, tax included.</param>
/// <param name="Quantity">The number of its pieces on the order.</param>
/// <param name="Sent">The number of its pieces that have left.</param>
/// <param name="NeedsShipping">Whether it is shipped at all; a download counts as sent with the first parcel.</param>
public sealed record ShippedItem(decimal Price, int Quantity, int Sent, bool NeedsShipping);

/// <summary>
/// The share of an order's cost that has been shipped. MultiSafepay takes an amount for a partial shipment and no items (OpenAPI description, Partially ship order), so what belongs to no item,
/// such as shipping costs, fees and discounts, is spread over the parts in proportion to the value of their items. The share never decreases with a further parcel, and leaves at least
/// one minor unit for the last part, which takes exactly the rest: so the parts add up to the cost to the minor unit.
/// </summary>
public static class ShippedShare
{
    private const int RoundedDigits = 6;
    private const int ComparedDigits = 2;

    /// <summary>
    /// What the pieces that have not left are worth: their price, or their share of the order's total if that is less, because of a discount. A refund names no item in nopCommerce; one of
    /// at least this amount while something has been shipped is taken as that of the pieces which will not be shipped.
    /// </summary>
    /// <param name="items">The items of the order.</param>
    /// <param name="total">The order's total, in the currency of the prices.</param>
    public static decimal Left(IReadOnlyList<ShippedItem> items, decimal total)
    {
        var whole = items.Sum(item => item.Price);
        var left = items.Where(item => item is { NeedsShipping: true, Quantity: > 0 }).Sum(item => item.Price * (item.Quantity - Math.Clamp(item.Sent, 0, item.Quantity)) / item.Quantity);
        return decimal.Round(whole > total ? left * total / whole : left, ComparedDigits);
    }

    /// <summary>The share of the cost that belongs to the pieces that have left, while others have not, in minor units.</summary>
    /// <param name="items">The items of the order.</param>
    /// <param name="cost">What the order costs, in minor units.</param>
    /// <returns>At least 0, and less than <paramref name="cost"/>.</returns>
    public static long Of(IReadOnlyList<ShippedItem> items, long cost)
    {
        var hasLeft = items.Any(item => item is { NeedsShipping: true, Sent: > 0 });
        var valued = items.Where(item => item is { Price: > 0, Quantity: > 0 }).ToList();
        var whole = valued.Sum(item => item.Price);
        if (!hasLeft || whole <= 0 || cost <= 1)
            return 0;

        var sent = valued.Sum(item => item.NeedsShipping ? item.Price * Math.Clamp(item.Sent, 0, item.Quantity) / item.Quantity : item.Price);

        // A quotient like 1/3 has no end; the rounding keeps a third of 15.00 at 5.00.
        return Math.Clamp((long)decimal.Floor(decimal.Round(cost * (sent / whole), RoundedDigits)), 0, cost - 1);
    }
}
