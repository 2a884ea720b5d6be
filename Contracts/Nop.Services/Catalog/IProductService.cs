using Nop.Core.Domain.Catalog;

namespace Nop.Services.Catalog;

/// <summary>The products.</summary>
public interface IProductService
{
    Task AdjustInventoryAsync(Product product, int quantityToChange, string attributesXml = "", string message = "");
    Task<string> FormatSkuAsync(Product product, string attributesXml = null);
    Task<Product> GetProductByIdAsync(int productId);
    Task<int> GetTotalStockQuantityAsync(Product product, bool useReservedQuantity = true, int warehouseId = 0);
    Task<IList<Product>> GetProductsByIdsAsync(int[] productIds);
}
