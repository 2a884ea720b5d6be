namespace Nop.Plugin.Payments.MultiSafepay.Checkout.Request;

/// <summary>A line of an order before conversion, with amounts in the primary store currency.</summary>
/// <param name="Name">The name for the customer.</param>
/// <param name="ItemId">The shop's id of the line, for <c>merchant_item_id</c>.</param>
/// <param name="Quantity">The number of units that the amount is for.</param>
/// <param name="Amount">The total of the line after its own discounts.</param>
public sealed record CartLine(string Name, string ItemId, int Quantity, TaxedAmount Amount)
{
    /// <summary>A description for the customer, such as the selected attributes.</summary>
    public string? Description { get; init; }

    /// <summary>Whether the line may combine amounts with different tax rates.</summary>
    public bool MayMixRates { get; init; }
}

/// <summary>The data of an order from which its cart is built, with the names in the customer's language.</summary>
public sealed record CartSource
{
    /// <summary>The lines of the subtotal: order items and checkout attributes.</summary>
    public IReadOnlyList<CartLine> Lines { get; init; } = [];

    /// <summary>The discount on the subtotal, which reduces the tax of each line proportionally.</summary>
    public TaxedAmount SubtotalDiscount { get; init; }

    /// <summary>Additions to the subtotal: shipping and the payment fee.</summary>
    public IReadOnlyList<CartLine> Charges { get; init; } = [];

    /// <summary>Deductions after tax: the discount on the total, gift cards and reward points. Positive amounts, untaxed.</summary>
    public IReadOnlyList<CartLine> Deductions { get; init; } = [];

    /// <summary>The tax rates of the order, in percent.</summary>
    public IReadOnlyCollection<decimal> TaxRates { get; init; } = [];

    /// <summary>Whether the customer saw prices including tax, which then are the ones that were not derived and rounded.</summary>
    public bool PricesIncludeTax { get; init; }

    /// <summary>The names of lines for which the shop has no name.</summary>
    public required CartTexts Texts { get; init; }
}

/// <summary>The names of lines that are not products, in the customer's language.</summary>
/// <param name="Shipping">Shipping, if the shipping method has no name.</param>
/// <param name="PaymentFee">The fee for the payment method.</param>
/// <param name="Attributes">Checkout attributes, if they have no description.</param>
/// <param name="Discount">A discount.</param>
/// <param name="GiftCard">The deduction for a gift card.</param>
/// <param name="RewardPoints">The deduction for reward points.</param>
/// <param name="Rounding">A rounding difference.</param>
/// <param name="Adjustment">A difference that is too large for rounding: the order was edited, or another plugin changed its total.</param>
public sealed record CartTexts(
    string Shipping, string PaymentFee, string Attributes, string Discount, string GiftCard, string RewardPoints, string Rounding, string Adjustment);
