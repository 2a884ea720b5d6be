namespace Nop.Core.Domain.Orders;

/// <summary>An order that a recurring payment has made; the first one is the order that began it.</summary>
public class RecurringPaymentHistory : BaseEntity
{
    public DateTime CreatedOnUtc { get; set; }
    public int OrderId { get; set; }
    public int RecurringPaymentId { get; set; }
}
