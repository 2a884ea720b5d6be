using Nop.Core.Domain.Attributes;

namespace Nop.Core.Domain.Orders;

/// <summary>A question asked at the checkout.</summary>
public class CheckoutAttribute : BaseAttribute
{
    public string ConditionAttributeXml { get; set; }
    public string DefaultValue { get; set; }
    public bool IsTaxExempt { get; set; }
    public bool LimitedToStores { get; set; }
    public bool ShippableProductRequired { get; set; }
    public int TaxCategoryId { get; set; }
    public string TextPrompt { get; set; }
    public string ValidationFileAllowedExtensions { get; set; }
    public int? ValidationFileMaximumSize { get; set; }
    public int? ValidationMaxLength { get; set; }
    public int? ValidationMinLength { get; set; }
}
