using Nop.Core.Domain.Catalog;
using Nop.Services.Catalog;
using Sandbox.Shop.Data;

namespace Sandbox.Shop.Services;

/// <summary>The categories of products.</summary>
internal sealed class CategoryService(ShopDatabase database, RequestCache requestCache) : ICategoryService
{
    public async Task<IList<Category>> GetAllCategoriesAsync(int storeId = 0, bool showHidden = false) =>
        await database.ListAsync<Category>(category => !category.Deleted && (showHidden || category.Published));

    public Task<Category?> GetCategoryByIdAsync(int categoryId) => requestCache.FindAsync<Category>(categoryId);

    public async Task<string> GetFormattedBreadCrumbAsync(Category category, IList<Category>? allCategories = null, string separator = ">>", int languageId = 0)
    {
        var all = allCategories ?? await GetAllCategoriesAsync(showHidden: true);
        List<string> names = [];
        for (var next = category; next is not null && names.Count <= all.Count; next = all.FirstOrDefault(parent => parent.Id == next.ParentCategoryId))
            names.Insert(0, next.Name);
        return string.Join($" {separator} ", names);
    }

    public async Task<IList<ProductCategory>> GetProductCategoriesByProductIdAsync(int productId, bool showHidden = false) =>
        await database.ListAsync<ProductCategory>(link => link.ProductId == productId);
}
