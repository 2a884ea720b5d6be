namespace Nop.Core.Domain.Tax;

/// <summary>Whether prices are shown with tax.</summary>
public enum TaxDisplayType
{
    IncludingTax = 0,
    ExcludingTax = 10,
}
