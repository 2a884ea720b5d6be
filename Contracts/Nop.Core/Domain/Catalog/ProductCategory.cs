namespace Nop.Core.Domain.Catalog;

/// <summary>A product in a category.</summary>
public class ProductCategory : BaseEntity
{
    public int CategoryId { get; set; }
    public int ProductId { get; set; }
}
