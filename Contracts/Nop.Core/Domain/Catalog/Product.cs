using Nop.Core.Domain.Localization;

namespace Nop.Core.Domain.Catalog;

/// <summary>A product.</summary>
public class Product : BaseEntity, ILocalizedEntity
{
    public BackorderMode BackorderMode
    {
        get => (BackorderMode)BackorderModeId;
        set => BackorderModeId = (int)value;
    }

    public int BackorderModeId { get; set; }
    public bool Deleted { get; set; }
    public string Gtin { get; set; }
    public bool IsDownload { get; set; }
    public bool IsGiftCard { get; set; }
    public bool IsRecurring { get; set; }
    public bool IsShipEnabled { get; set; }
    public bool IsTaxExempt { get; set; }
    public ManageInventoryMethod ManageInventoryMethod
    {
        get => (ManageInventoryMethod)ManageInventoryMethodId;
        set => ManageInventoryMethodId = (int)value;
    }

    public int ManageInventoryMethodId { get; set; }
    public string ManufacturerPartNumber { get; set; }
    public string Name { get; set; }
    public decimal Price { get; set; }
    public bool Published { get; set; }
    public int RecurringCycleLength { get; set; }
    public RecurringProductCyclePeriod RecurringCyclePeriod
    {
        get => (RecurringProductCyclePeriod)RecurringCyclePeriodId;
        set => RecurringCyclePeriodId = (int)value;
    }

    public int RecurringCyclePeriodId { get; set; }
    public int RecurringTotalCycles { get; set; }
    public string ShortDescription { get; set; }
    public string Sku { get; set; }
    public int StockQuantity { get; set; }
    public int TaxCategoryId { get; set; }
    public decimal Weight { get; set; }
}
