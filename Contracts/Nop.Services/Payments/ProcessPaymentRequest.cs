using Nop.Core.Domain.Catalog;
using Nop.Core.Domain.Orders;
#if !NOP_480
using Nop.Services.Orders;
#endif

namespace Nop.Services.Payments;

/// <summary>What is to be paid, while the order does not exist yet.</summary>
public class ProcessPaymentRequest
{
#if !NOP_480
    public ProcessPaymentRequest()
    {
        OrderGuid = Guid.NewGuid();
        OrderGuidGeneratedOnUtc = DateTime.UtcNow;
    }
#endif

    public string CreditCardCvv2 { get; set; }
    public int CreditCardExpireMonth { get; set; }
    public int CreditCardExpireYear { get; set; }
    public string CreditCardName { get; set; }
    public string CreditCardNumber { get; set; }
    public string CreditCardType { get; set; }
#if NOP_480
    public Dictionary<string, object> CustomValues { get; set; } = [];
#else
    public CustomValues CustomValues { get; set; } = [];
#endif
    public int CustomerId { get; set; }
    public Order InitialOrder { get; set; }
    public Guid OrderGuid { get; set; }
    public DateTime? OrderGuidGeneratedOnUtc { get; set; }
    public decimal OrderTotal { get; set; }
    public string PaymentMethodSystemName { get; set; }
    public int RecurringCycleLength { get; set; }
    public RecurringProductCyclePeriod RecurringCyclePeriod { get; set; }
    public int RecurringTotalCycles { get; set; }
    public int StoreId { get; set; }
}
