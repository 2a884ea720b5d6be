using Nop.Core.Caching;
using Nop.Core.Domain.Orders;
using Nop.Services.Common;

namespace Nop.Plugin.Payments.MultiSafepay.Payments.Records;

/// <summary>Loads and saves an order's <see cref="PaymentRecord"/>.</summary>
public class PaymentRecordStore(IGenericAttributeService genericAttributeService, IShortTermCacheManager shortTermCacheManager)
{
    /// <summary>
    /// Reads the record as it is in the database now. nopCommerce caches generic attributes for the duration of a request, and another request may have
    /// written the record since, so the cached copy is dropped first.
    /// </summary>
    /// <exception cref="System.Text.Json.JsonException">The stored text is not a record, or a newer version of the plugin wrote it.</exception>
    public async Task<PaymentRecord> LoadAsync(Order order)
    {
        shortTermCacheManager.Remove(NopCommonDefaults.GenericAttributeCacheKey.Key, order.Id, nameof(Order));
        return PaymentRecord.FromJson(await genericAttributeService.GetAttributeAsync<string>(order, MultiSafepayDefaults.PaymentRecordAttribute));
    }

    /// <summary>Writes the record. Must be called under the order's lock.</summary>
    public Task SaveAsync(Order order, PaymentRecord record) =>
        genericAttributeService.SaveAttributeAsync(order, MultiSafepayDefaults.PaymentRecordAttribute, record.ToJson());
}
