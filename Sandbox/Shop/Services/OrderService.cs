using System.Globalization;
using Nop.Core;
using Nop.Core.Domain.Catalog;
using Nop.Core.Domain.Common;
using Nop.Core.Domain.Orders;
using Nop.Core.Events;
using Nop.Services.Orders;
using Sandbox.Shop.Data;

namespace Sandbox.Shop.Services;

/// <summary>Orders, their items and notes. As in nopCommerce an order read by its number is remembered for the length of the request, one read by its GUID is not.</summary>
internal sealed partial class OrderService(ShopDatabase database, RequestCache requestCache, IEventPublisher events) : IOrderService
{
    public Task<Order?> GetOrderByIdAsync(int orderId) => requestCache.FindAsync<Order>(orderId);

    public async Task<Order?> GetOrderByGuidAsync(Guid orderGuid) =>
        orderGuid == Guid.Empty ? null : (await database.ListAsync(Indexes.OrdersByGuid, orderGuid)).FirstOrDefault();

    public Task<Order?> GetOrderByCustomOrderNumberAsync(string customOrderNumber) =>
        database.FirstOrDefaultAsync<Order>(order => order.CustomOrderNumber == customOrderNumber);

    /// <summary>Read afresh, as in nopCommerce, unlike the one order by its number above.</summary>
    public async Task<IList<Order>> GetOrdersByIdsAsync(int[] orderIds) => [.. (await database.FindAsync<Order>(orderIds)).Where(order => !order.Deleted)];

    public async Task InsertOrderAsync(Order order)
    {
        await database.InsertAsync(order);
        requestCache.Forget<Order>();
    }

    public async Task UpdateOrderAsync(Order order)
    {
        await database.UpdateAsync(order);
        requestCache.Forget<Order>();

        // nopCommerce's repositories tell of every row that they have changed.
        await events.PublishAsync(new EntityUpdatedEvent<Order>(order));
    }

    /// <summary>Marks the order as deleted. The row stays, and nopCommerce tells of it as of one that is gone.</summary>
    public async Task DeleteOrderAsync(Order order)
    {
        order.Deleted = true;
        await database.UpdateAsync(order);
        requestCache.Forget<Order>();
        await events.PublishAsync(new EntityDeletedEvent<Order>(order));
    }

    public Task<OrderItem?> GetOrderItemByIdAsync(int orderItemId) => requestCache.FindAsync<OrderItem>(orderItemId);

    public async Task<IList<OrderItem>> GetOrderItemsAsync(int orderId, bool? isNotReturnable = null, bool? isShipEnabled = null, int vendorId = 0)
    {
        var items = await database.ListAsync(Indexes.ItemsOfOrder, orderId);
        if (isShipEnabled is not { } wanted)
            return items;
        var products = await database.ListAsync<Product>(product => product.IsShipEnabled == wanted);
        return [.. items.Where(item => products.Exists(product => product.Id == item.ProductId))];
    }

    public Task InsertOrderItemAsync(OrderItem orderItem) => database.InsertAsync(orderItem);

    public async Task<Product?> GetProductByOrderItemIdAsync(int orderItemId) =>
        await database.FindAsync<OrderItem>(orderItemId) is { } item ? await database.FindAsync<Product>(item.ProductId) : null;

    public async Task<IList<OrderNote>> GetOrderNotesByOrderIdAsync(int orderId, bool? displayToCustomer = null) =>
        await database.ListAsync(Indexes.NotesOfOrder, orderId, note => displayToCustomer is null || note.DisplayToCustomer == displayToCustomer);

    public Task InsertOrderNoteAsync(OrderNote orderNote) => database.InsertAsync(orderNote);

    public Task DeleteOrderNoteAsync(OrderNote orderNote) => database.DeleteAsync(orderNote);

    public SortedDictionary<decimal, decimal> ParseTaxRates(Order order, string taxRatesStr)
    {
        var rates = new SortedDictionary<decimal, decimal>();
        foreach (var line in (taxRatesStr ?? "").Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            if (line.Split(':') is [var rate, var tax])
                rates[decimal.Parse(rate, CultureInfo.InvariantCulture)] = decimal.Parse(tax, CultureInfo.InvariantCulture);
        }

        if (rates.Count == 0)
            rates.Add(0, 0);
        return rates;
    }

    public async Task<IPagedList<Order>> SearchOrdersAsync(int storeId = 0, int vendorId = 0, int customerId = 0, int productId = 0, int affiliateId = 0,
        int warehouseId = 0, int billingCountryId = 0, string? paymentMethodSystemName = null, DateTime? createdFromUtc = null, DateTime? createdToUtc = null,
        List<int>? osIds = null, List<int>? psIds = null, List<int>? ssIds = null, string? billingPhone = null, string? billingEmail = null,
        string? billingLastName = "", string? orderNotes = null, int pageIndex = 0, int pageSize = int.MaxValue, bool getOnlyTotalCount = false)
    {
        var addresses = string.IsNullOrEmpty(billingEmail) && string.IsNullOrEmpty(billingLastName) && string.IsNullOrEmpty(billingPhone) && billingCountryId == 0
            ? null
            : (await database.ListAsync<Address>(address => Contains(address.Email, billingEmail) && Contains(address.LastName, billingLastName)
                && Contains(address.PhoneNumber, billingPhone) && (billingCountryId == 0 || address.CountryId == billingCountryId))).Select(address => address.Id).ToHashSet();
        var withNote = string.IsNullOrEmpty(orderNotes)
            ? null
            : (await database.ListAsync<OrderNote>(note => Contains(note.Note, orderNotes))).Select(note => note.OrderId).ToHashSet();
        var withProduct = productId == 0
            ? null
            : (await database.ListAsync<OrderItem>(item => item.ProductId == productId)).Select(item => item.OrderId).ToHashSet();

        var (page, total) = await database.PageAsync(Indexes.OrdersByCreation, createdFromUtc ?? DateTime.MinValue, createdToUtc ?? DateTime.MaxValue, order => !order.Deleted
            && (storeId == 0 || order.StoreId == storeId)
            && (customerId == 0 || order.CustomerId == customerId)
            && (affiliateId == 0 || order.AffiliateId == affiliateId)
            && (string.IsNullOrEmpty(paymentMethodSystemName) || order.PaymentMethodSystemName == paymentMethodSystemName)
            && IsAmong(osIds, order.OrderStatusId) && IsAmong(psIds, order.PaymentStatusId) && IsAmong(ssIds, order.ShippingStatusId)
            && (addresses?.Contains(order.BillingAddressId) ?? true) && (withNote?.Contains(order.Id) ?? true) && (withProduct?.Contains(order.Id) ?? true),
            skip: (long)pageIndex * pageSize, take: getOnlyTotalCount ? 0 : pageSize);
        return new PagedList<Order>(page, pageIndex, pageSize, total);
    }

    private static bool IsAmong(List<int>? wanted, int value) => wanted is null or { Count: 0 } || wanted.Contains(value);

    private static bool Contains(string? text, string? part) => string.IsNullOrEmpty(part) || (text?.Contains(part, StringComparison.OrdinalIgnoreCase) ?? false);
}
