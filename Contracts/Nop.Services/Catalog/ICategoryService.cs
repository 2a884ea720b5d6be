using Nop.Core.Domain.Catalog;

namespace Nop.Services.Catalog;

/// <summary>The categories of products.</summary>
public interface ICategoryService
{
    Task<IList<Category>> GetAllCategoriesAsync(int storeId = 0, bool showHidden = false);
    Task<Category> GetCategoryByIdAsync(int categoryId);
    Task<string> GetFormattedBreadCrumbAsync(Category category, IList<Category> allCategories = null, string separator = ">>", int languageId = 0);
    Task<IList<ProductCategory>> GetProductCategoriesByProductIdAsync(int productId, bool showHidden = false);
}
