using Nop.Core.Domain.Orders;

namespace Nop.Services.Orders;

/// <summary>A gift card used for a cart.</summary>
public class AppliedGiftCard
{
    public decimal AmountCanBeUsed { get; set; }
    public GiftCard GiftCard { get; set; }
}
