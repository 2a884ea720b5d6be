using Nop.Core.Domain.Catalog;

namespace Nop.Services.Catalog;

/// <summary>The products.</summary>
public interface IProductService
{
    Task<string> FormatSkuAsync(Product product, string attributesXml = null);
    Task<Product> GetProductByIdAsync(int productId);
    Task<IList<Product>> GetProductsByIdsAsync(int[] productIds);
}
