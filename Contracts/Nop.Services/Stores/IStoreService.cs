using Nop.Core.Domain.Stores;

namespace Nop.Services.Stores;

/// <summary>The stores.</summary>
public interface IStoreService
{
    Task<IList<Store>> GetAllStoresAsync();
    Task<Store> GetStoreByIdAsync(int storeId);
}
