using Nop.Core.Domain.Attributes;

namespace Nop.Core.Domain.Orders;

/// <summary>A possible answer to a question of the checkout.</summary>
public class CheckoutAttributeValue : BaseAttributeValue
{
    public string ColorSquaresRgb { get; set; }
    public decimal PriceAdjustment { get; set; }
    public decimal WeightAdjustment { get; set; }
}
