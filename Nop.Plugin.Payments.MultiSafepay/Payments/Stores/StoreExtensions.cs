using Nop.Core.Domain.Stores;
using Nop.Services.Stores;

namespace Nop.Plugin.Payments.MultiSafepay.Payments.Stores;

/// <summary>Which store stands for the shop.</summary>
internal static class StoreExtensions
{
    /// <summary>The first store: its generic attributes hold what belongs to the whole shop. Null in a shop without any.</summary>
    public static async Task<Store?> FirstStoreAsync(this IStoreService storeService) => (await storeService.GetAllStoresAsync()).MinBy(store => store.Id);
}
