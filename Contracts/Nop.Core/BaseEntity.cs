namespace Nop.Core;

/// <summary>Anything that nopCommerce stores as a row with a number.</summary>
public abstract class BaseEntity
{
    public int Id { get; set; }
}
