using Nop.Core.Domain.Orders;

namespace Nop.Services.Orders;

/// <summary>What came of placing an order.</summary>
public class PlaceOrderResult
#if !NOP_480
    : BaseNopResult
#endif
{
    public Order PlacedOrder { get; set; }

#if NOP_480
    public IList<string> Errors { get; set; } = [];
    public bool Success => Errors.Count == 0;
    public void AddError(string error) => Errors.Add(error);
#endif
}
