namespace Nop.Core.Domain.Tax;

/// <summary>Whether a VAT number was found good.</summary>
public enum VatNumberStatus
{
    Unknown = 0,
    Empty = 10,
    Valid = 20,
    Invalid = 30,
}
