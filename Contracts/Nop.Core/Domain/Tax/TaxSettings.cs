using Nop.Core.Configuration;

namespace Nop.Core.Domain.Tax;

/// <summary>How the shop reckons tax.</summary>
public class TaxSettings : ISettings
{
    public bool HideTaxInOrderSummary { get; set; }
    public bool PaymentMethodAdditionalFeeIncludesTax { get; set; }
    public bool PaymentMethodAdditionalFeeIsTaxable { get; set; }
    public bool PricesIncludeTax { get; set; }
    public bool ShippingIsTaxable { get; set; }
    public bool ShippingPriceIncludesTax { get; set; }
    public TaxDisplayType TaxDisplayType { get; set; }
}
