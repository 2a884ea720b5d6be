using System.Data.Common;
using System.Text.Json;
using Nop.Core.Caching;
using Nop.Core.Domain.Orders;
using Nop.Data;
using Nop.Plugin.Payments.MultiSafepay.Payments.Orders;
using Nop.Services.Common;

namespace Nop.Plugin.Payments.MultiSafepay.Payments.Records;

/// <summary>
/// Loads and saves the <see cref="PaymentRecord"/> of an order. Every save inserts a new version, which the database accepts once: a caller that read an older version than the
/// current one cannot save, whatever locks there are.
/// </summary>
public class PaymentRecordStore(
    IRepository<MultiSafepayPayment> payments,
    IGenericAttributeService genericAttributeService,
    IShortTermCacheManager shortTermCacheManager,
    TimeProvider timeProvider)
{
    // Older versions are deleted with every fourth save, so an order has a handful of rows.
    private const int SavesPerCleanup = 4;

    /// <summary>Reads the current record from the database. An order that an earlier build of the plugin saved last has it in a generic attribute.</summary>
    /// <exception cref="JsonException">The stored text is not a record, or a newer version of the plugin wrote it.</exception>
    public Task<PaymentRecord> LoadAsync(Order order) => LoadAsync(order.Id);

    /// <summary>The same as <see cref="LoadAsync(Order)"/>, before the order is read.</summary>
    /// <param name="orderId">The order's id in nopCommerce.</param>
    /// <exception cref="JsonException">The stored text is not a record, or a newer version of the plugin wrote it.</exception>
    public async Task<PaymentRecord> LoadAsync(int orderId)
    {
        if (await FindCurrentAsync(orderId) is { } current)
            return PaymentRecord.FromJson(current.Record) with { Revision = current.Version };

        // nopCommerce caches generic attributes for the length of a request, and another request may have written since.
        shortTermCacheManager.Remove(NopCommonDefaults.GenericAttributeCacheKey.Key, orderId, nameof(Order));
        var json = await genericAttributeService.GetAttributeAsync<string>(new Order { Id = orderId }, MultiSafepayDefaults.PaymentRecordAttribute);
        return PaymentRecord.FromJson(json) with { IsInAttribute = !string.IsNullOrEmpty(json) };
    }

    /// <summary>The current records of several orders, in one query. An order without a record in the table, or with one that cannot be read, is not among them.</summary>
    /// <param name="orderIds">The orders' ids in nopCommerce.</param>
    public async Task<IReadOnlyDictionary<int, PaymentRecord>> LoadAsync(IReadOnlyCollection<int> orderIds)
    {
        var ids = orderIds.ToList();
        var records = new Dictionary<int, PaymentRecord>();
        if (ids.Count == 0)
            return records;
        foreach (var versions in (await payments.GetAllAsync(query => query.Where(payment => ids.Contains(payment.OrderId)))).GroupBy(payment => payment.OrderId))
        {
            var current = versions.MaxBy(payment => payment.Version)!;
            try
            {
                records[versions.Key] = PaymentRecord.FromJson(current.Record) with { Revision = current.Version };
            }
            catch (JsonException)
            {
                // The scheduled task logs it.
            }
        }

        return records;
    }

    /// <summary>Saves the record as the version that follows the one it was read from.</summary>
    /// <returns>The record as the current version.</returns>
    /// <exception cref="PaymentConflictException">Another caller has saved that version: what was decided has to be decided again.</exception>
    public async Task<PaymentRecord> SaveAsync(Order order, PaymentRecord record)
    {
        var next = new MultiSafepayPayment { OrderId = order.Id, Version = record.Revision + 1, Record = record.ToJson(), SavedOnUtc = timeProvider.GetUtcNow().UtcDateTime };
        try
        {
            await payments.InsertAsync(next, publishEvent: false);
        }
        catch (DbException exception)
        {
            // Databases report a violated unique index in different ways, so the table is asked.
            if ((await FindCurrentAsync(order.Id))?.Version >= next.Version)
                throw new PaymentConflictException(order.OrderGuid, exception);
            throw;
        }

        // The cleanup frees the numbers of earlier versions. A caller that has missed several of them can insert one of these, which nobody reads: a higher one is the current.
        if ((await FindCurrentAsync(order.Id))?.Version > next.Version)
        {
            var id = next.Id;
            await payments.TryDeleteAsync(payment => payment.Id == id);
            throw new PaymentConflictException(order.OrderGuid);
        }

        // Moved from the attribute of an earlier build.
        if (record.IsInAttribute)
            await ForgetAttributeAsync(order);
        if (next.Version % SavesPerCleanup == 0)
            await DeleteOlderAsync(order, next.Version);
        return record with { Revision = next.Version, IsInAttribute = false };
    }

    /// <summary>Deletes the versions before this one, which may contain what was erased since. The database may refuse it; <see cref="HasOlderAsync"/> then finds them.</summary>
    public Task DeleteOlderAsync(Order order, int version)
    {
        var orderId = order.Id;
        return payments.TryDeleteAsync(payment => payment.OrderId == orderId && payment.Version < version);
    }

    /// <summary>Whether there are versions before this one.</summary>
    public async Task<bool> HasOlderAsync(Order order, PaymentRecord record)
    {
        var (orderId, version) = (order.Id, record.Revision);
        return (await payments.GetAllAsync(query => query.Where(payment => payment.OrderId == orderId && payment.Version < version).Take(1))).Count > 0;
    }

    /// <summary>Deletes the generic attribute of an earlier build, which may be left from a crash after the record was moved.</summary>
    public Task ForgetAttributeAsync(Order order) => genericAttributeService.SaveAttributeAsync(order, MultiSafepayDefaults.PaymentRecordAttribute, string.Empty);

    private async Task<MultiSafepayPayment?> FindCurrentAsync(int orderId) => (await payments.GetAllAsync(query =>
        query.Where(payment => payment.OrderId == orderId).OrderByDescending(payment => payment.Version).Take(1))).FirstOrDefault();
}

/// <summary>Another caller, perhaps on another node, has saved the order's payment record since it was read.</summary>
public sealed class PaymentConflictException(Guid orderGuid, Exception? innerException = null) : OrderBusyException(orderGuid, innerException);
