namespace Nop.Services.Payments;

/// <summary>What came of ending a recurring payment.</summary>
public class CancelRecurringPaymentResult
#if !NOP_480
    : BaseNopResult
#endif
{
#if NOP_480
    public IList<string> Errors { get; set; } = [];
    public bool Success => Errors.Count == 0;
    public void AddError(string error) => Errors.Add(error);
#endif
}
