namespace Nop.Core.Domain.Catalog;

/// <summary>Whether a product can be sold beyond its stock.</summary>
public enum BackorderMode
{
    NoBackorders = 0,
    AllowQtyBelow0 = 1,
    AllowQtyBelow0AndNotifyCustomer = 2
}
