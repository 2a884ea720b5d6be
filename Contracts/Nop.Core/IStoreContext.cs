using Nop.Core.Domain.Stores;

namespace Nop.Core;

/// <summary>The store of the request, and the one chosen in the admin pages.</summary>
public interface IStoreContext
{
    Task<int> GetActiveStoreScopeConfigurationAsync();
#if !NOP_500
    Store GetCurrentStore();
#endif
    Task<Store> GetCurrentStoreAsync();
}
