using Nop.Core.Domain.Localization;

namespace Nop.Core.Domain.Directory;

/// <summary>A country that the shop sells or ships to.</summary>
public class Country : BaseEntity, ILocalizedEntity
{
    public bool AllowsBilling { get; set; }
    public bool AllowsShipping { get; set; }
    public int DisplayOrder { get; set; }
    public bool LimitedToStores { get; set; }
    public string Name { get; set; }
    public int NumericIsoCode { get; set; }
    public bool Published { get; set; }
    public bool SubjectToVat { get; set; }
    public string ThreeLetterIsoCode { get; set; }
    public string TwoLetterIsoCode { get; set; }
}
