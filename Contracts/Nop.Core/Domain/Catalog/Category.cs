using Nop.Core.Domain.Localization;

namespace Nop.Core.Domain.Catalog;

/// <summary>A category of products, which may be part of another one.</summary>
public class Category : BaseEntity, ILocalizedEntity
{
    public bool Deleted { get; set; }
    public string Name { get; set; }
    public int ParentCategoryId { get; set; }
    public bool Published { get; set; }
}
