#if !NOP_480
namespace Nop.Services.Orders;

/// <summary>A remark of a plugin on an order, shown on the order page.</summary>
public class CustomValue(
    string name,
    string value,
    CustomValueDisplayLocation displayLocation = CustomValueDisplayLocation.Payment,
    bool displayToCustomer = true,
    DateTime? createdOnUtc = null)
{
    public string Name { get; set; } = name;
    public string Value { get; set; } = value;
    public CustomValueDisplayLocation DisplayLocation { get; set; } = displayLocation;
    public bool DisplayToCustomer { get; set; } = displayToCustomer;
    public DateTime? CreatedOnUtc { get; set; } = createdOnUtc;
}
#endif
