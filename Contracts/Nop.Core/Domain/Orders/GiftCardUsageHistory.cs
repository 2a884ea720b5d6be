namespace Nop.Core.Domain.Orders;

/// <summary>What an order took from a gift card.</summary>
public class GiftCardUsageHistory : BaseEntity
{
    public DateTime CreatedOnUtc { get; set; }
    public int GiftCardId { get; set; }
    public decimal UsedValue { get; set; }
    public int UsedWithOrderId { get; set; }
}
