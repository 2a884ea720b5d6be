namespace Nop.Plugin.Payments.MultiSafepay.Checkout.Request;

/// <summary>A line of an order before it is converted: amounts in the primary store currency.</summary>
/// <param name="Name">What the customer reads.</param>
/// <param name="ItemId">The shop's identifier, for <c>merchant_item_id</c>.</param>
/// <param name="Quantity">How many units the amount is for.</param>
/// <param name="Amount">The total of the line, after the line's own discounts.</param>
public sealed record CartLine(string Name, string ItemId, int Quantity, TaxedAmount Amount)
{
    /// <summary>More for the customer, such as the chosen attributes.</summary>
    public string? Description { get; init; }

    /// <summary>Whether the line is a sum of things that may be taxed at different rates.</summary>
    public bool MayMixRates { get; init; }
}

/// <summary>What a cart is made from: an order, with the names that its customer reads. Nothing in it depends on a service.</summary>
public sealed record CartSource
{
    /// <summary>What the subtotal consists of: items and checkout attributes.</summary>
    public IReadOnlyList<CartLine> Lines { get; init; } = [];

    /// <summary>The discount on the subtotal; it lowers the tax of each line by the same share.</summary>
    public TaxedAmount SubtotalDiscount { get; init; }

    /// <summary>What comes on top of the subtotal: shipping and the payment fee.</summary>
    public IReadOnlyList<CartLine> Charges { get; init; } = [];

    /// <summary>What nopCommerce takes off after tax: the discount on the total, gift cards, reward points. Positive amounts, without tax.</summary>
    public IReadOnlyList<CartLine> Deductions { get; init; } = [];

    /// <summary>The tax rates that occur in the order, in percent.</summary>
    public IReadOnlyCollection<decimal> TaxRates { get; init; } = [];

    /// <summary>Whether the customer was shown prices with tax; those are then the ones that were not rounded.</summary>
    public bool PricesIncludeTax { get; init; }

    /// <summary>The names of the lines that the shop has none for.</summary>
    public required CartTexts Texts { get; init; }
}

/// <summary>The names of lines that are no product, in the customer's language.</summary>
/// <param name="Shipping">Shipping, where the shipping method has no name.</param>
/// <param name="PaymentFee">The fee for the payment method.</param>
/// <param name="Attributes">Checkout attributes, where they have no description.</param>
/// <param name="Discount">A discount.</param>
/// <param name="GiftCard">What a gift card pays.</param>
/// <param name="RewardPoints">What reward points pay.</param>
/// <param name="Rounding">The fractions that rounding leaves.</param>
/// <param name="Adjustment">A difference too large for rounding: the order was edited, or another plugin changed its total.</param>
public sealed record CartTexts(
    string Shipping, string PaymentFee, string Attributes, string Discount, string GiftCard, string RewardPoints, string Rounding, string Adjustment);
