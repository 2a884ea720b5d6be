using Nop.Core.Domain.Localization;

namespace Nop.Core.Domain.Directory;

/// <summary>A currency, with its rate to the primary one.</summary>
public class Currency : BaseEntity, ILocalizedEntity
{
    public DateTime CreatedOnUtc { get; set; }
    public string CurrencyCode { get; set; }
    public string CustomFormatting { get; set; }
    public string DisplayLocale { get; set; }
    public int DisplayOrder { get; set; }
    public bool LimitedToStores { get; set; }
    public string Name { get; set; }
    public bool Published { get; set; }
    public decimal Rate { get; set; }

    public RoundingType RoundingType
    {
        get => (RoundingType)RoundingTypeId;
        set => RoundingTypeId = (int)value;
    }

    public int RoundingTypeId { get; set; }
    public DateTime UpdatedOnUtc { get; set; }
}
