using Nop.Core.Domain.Payments;

namespace Nop.Services.Payments;

/// <summary>What came of starting a payment.</summary>
public class ProcessPaymentResult
#if !NOP_480
    : BaseNopResult
#endif
{
    public bool AllowStoringCreditCardNumber { get; set; }
    public string AuthorizationTransactionCode { get; set; }
    public string AuthorizationTransactionId { get; set; }
    public string AuthorizationTransactionResult { get; set; }
    public string AvsResult { get; set; }
    public string CaptureTransactionId { get; set; }
    public string CaptureTransactionResult { get; set; }
    public string Cvv2Result { get; set; }
    public PaymentStatus NewPaymentStatus { get; set; } = PaymentStatus.Pending;
    public bool RecurringPaymentFailed { get; set; }
    public string SubscriptionTransactionId { get; set; }

#if NOP_480
    public IList<string> Errors { get; set; } = [];
    public bool Success => Errors.Count == 0;
    public void AddError(string error) => Errors.Add(error);
#endif
}
