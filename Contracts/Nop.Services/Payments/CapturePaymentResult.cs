using Nop.Core.Domain.Payments;

namespace Nop.Services.Payments;

/// <summary>What came of taking an authorized amount.</summary>
public class CapturePaymentResult
#if !NOP_480
    : BaseNopResult
#endif
{
    public string CaptureTransactionId { get; set; }
    public string CaptureTransactionResult { get; set; }
    public PaymentStatus NewPaymentStatus { get; set; } = PaymentStatus.Pending;

#if NOP_480
    public IList<string> Errors { get; set; } = [];
    public bool Success => Errors.Count == 0;
    public void AddError(string error) => Errors.Add(error);
#endif
}
