namespace Nop.Core.Domain.Catalog;

/// <summary>How a product's stock is counted.</summary>
public enum ManageInventoryMethod
{
    DontManageStock = 0,
    ManageStock = 1,
    ManageStockByAttributes = 2
}
