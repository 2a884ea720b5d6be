namespace Nop.Core.Domain.Orders;

/// <summary>A remark on an order, for the shop or also for the customer.</summary>
public class OrderNote : BaseEntity
{
    public DateTime CreatedOnUtc { get; set; }
    public bool DisplayToCustomer { get; set; }
    public int DownloadId { get; set; }
    public string Note { get; set; }
    public int OrderId { get; set; }
}
