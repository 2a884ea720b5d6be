namespace Nop.Core.Domain.Discounts;

/// <summary>A price reduction.</summary>
public class Discount : BaseEntity
{
    public string CouponCode { get; set; }
    public decimal DiscountAmount { get; set; }
    public decimal DiscountPercentage { get; set; }
    public bool IsActive { get; set; }
    public string Name { get; set; }
    public bool UsePercentage { get; set; }
}
