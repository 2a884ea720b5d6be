#if !NOP_480
namespace Nop.Services.Orders;

/// <summary>Where on the order page a custom value is shown.</summary>
public enum CustomValueDisplayLocation
{
#if !NOP_480
    BillingAddress = 0,
#endif
#if !NOP_480
    ShippingAddress = 1,
#endif
#if !NOP_480
    Payment = 2,
#endif
#if !NOP_480
    Shipping = 3,
#endif
}
#endif
