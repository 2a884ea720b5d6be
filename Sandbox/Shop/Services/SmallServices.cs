using System.Security.Cryptography;
using System.Text;
using Nop.Core;
using Nop.Core.Domain.Customers;
using Nop.Core.Domain.Orders;
using Nop.Core.Domain.ScheduleTasks;
using Nop.Core.Domain.Shipping;
using Nop.Services.Customers;
using Nop.Services.Helpers;
using Nop.Services.Orders;
using Nop.Services.ScheduleTasks;
using Nop.Services.Security;
using Nop.Services.Shipping;
using Nop.Services.Shipping.Tracking;
using Sandbox.Shop.Data;

namespace Sandbox.Shop.Services;

/// <summary>Who may what: the administrator everything, others nothing.</summary>
internal sealed class PermissionService(ICustomerService customers, IWorkContext workContext) : IPermissionService
{
    public async Task<bool> AuthorizeAsync(string permissionRecordSystemName) =>
        await AuthorizeAsync(permissionRecordSystemName, await workContext.GetCurrentCustomerAsync());

    public Task<bool> AuthorizeAsync(string permissionRecordSystemName, Customer customer) => customers.IsAdminAsync(customer);
}

/// <summary>Encrypts texts with the shop's key, which all its nodes share.</summary>
internal sealed class EncryptionService(ShopDatabase database) : IEncryptionService
{
    public string EncryptText(string plainText, string encryptionPrivateKey = "")
    {
        if (string.IsNullOrEmpty(plainText))
            return plainText;
        using var aes = Create(encryptionPrivateKey);
        aes.GenerateIV();
        return Convert.ToBase64String([.. aes.IV, .. aes.EncryptCbc(Encoding.UTF8.GetBytes(plainText), aes.IV)]);
    }

    public string DecryptText(string cipherText, string encryptionPrivateKey = "")
    {
        if (string.IsNullOrEmpty(cipherText))
            return cipherText;
        using var aes = Create(encryptionPrivateKey);
        var bytes = Convert.FromBase64String(cipherText);
        return Encoding.UTF8.GetString(aes.DecryptCbc(bytes.AsSpan(16), bytes.AsSpan(0, 16)));
    }

    private Aes Create(string key)
    {
        var aes = Aes.Create();
        aes.Key = string.IsNullOrEmpty(key) ? database.EncryptionKey : SHA256.HashData(Encoding.UTF8.GetBytes(key));
        return aes;
    }
}

/// <summary>Scheduled tasks, as rows.</summary>
internal sealed class ScheduleTaskService(ShopDatabase database) : IScheduleTaskService
{
    public Task<ScheduleTask?> GetTaskByIdAsync(int taskId) => database.FindAsync<ScheduleTask>(taskId);

    public async Task<ScheduleTask?> GetTaskByTypeAsync(string type) => (await database.ListAsync<ScheduleTask>(task => task.Type == type)).LastOrDefault();

    public async Task<IList<ScheduleTask>> GetAllTasksAsync(bool showHidden = false) => await database.ListAsync<ScheduleTask>(task => showHidden || task.Enabled);

    public Task InsertTaskAsync(ScheduleTask task)
    {
        if (task is { Enabled: true, LastEnabledUtc: null })
            task.LastEnabledUtc = DateTime.UtcNow;
        return database.InsertAsync(task);
    }

    public Task UpdateTaskAsync(ScheduleTask task) => database.UpdateAsync(task);

    public Task DeleteTaskAsync(ScheduleTask task) => database.DeleteAsync(task);
}

/// <summary>The shop shows its times in UTC.</summary>
internal sealed class DateTimeHelper : IDateTimeHelper
{
    public Task<DateTime> ConvertToUserTimeAsync(DateTime dt, DateTimeKind sourceDateTimeKind) =>
        Task.FromResult(sourceDateTimeKind == DateTimeKind.Local ? dt.ToUniversalTime() : DateTime.SpecifyKind(dt, DateTimeKind.Utc));

    public Task<TimeZoneInfo> GetCustomerTimeZoneAsync(Customer? customer) =>
        Task.FromResult(!string.IsNullOrEmpty(customer?.TimeZoneId) && TimeZoneInfo.TryFindSystemTimeZoneById(customer.TimeZoneId, out var zone) ? zone : TimeZoneInfo.Utc);
}

/// <summary>Shipments and the tracking page of their carrier.</summary>
internal sealed class ShipmentService(ShopDatabase database) : IShipmentService
{
    public Task<Shipment?> GetShipmentByIdAsync(int shipmentId) => database.FindAsync<Shipment>(shipmentId);

    public async Task<IList<ShipmentItem>> GetShipmentItemsByShipmentIdAsync(int shipmentId) => await database.ListAsync<ShipmentItem>(item => item.ShipmentId == shipmentId);

    public async Task<IList<Shipment>> GetShipmentsByOrderIdAsync(int orderId, bool? shipped = null, bool? readyForPickup = null, int vendorId = 0) =>
        await database.ListAsync<Shipment>(shipment => shipment.OrderId == orderId
            && (shipped is null || shipment.ShippedDateUtc.HasValue == shipped)
            && (readyForPickup is null || shipment.ReadyForPickupDateUtc.HasValue == readyForPickup));

    public Task<IShipmentTracker?> GetShipmentTrackerAsync(Shipment shipment) =>
        Task.FromResult<IShipmentTracker?>(string.IsNullOrEmpty(shipment.TrackingNumber) ? null : new CarrierPage());

    /// <summary>A made-up carrier.</summary>
    private sealed class CarrierPage : IShipmentTracker
    {
        public Task<string> GetUrlAsync(string trackingNumber, Shipment? shipment = null) =>
            Task.FromResult($"https://carrier.example/track/{Uri.EscapeDataString(trackingNumber)}");
    }
}

/// <summary>Gift cards and what was paid with them.</summary>
internal sealed class GiftCardService(ShopDatabase database) : IGiftCardService
{
    public Task<GiftCard?> GetGiftCardByIdAsync(int giftCardId) => database.FindAsync<GiftCard>(giftCardId);

    public async Task<IList<GiftCardUsageHistory>> GetGiftCardUsageHistoryAsync(Order order) =>
        await database.ListAsync<GiftCardUsageHistory>(usage => usage.UsedWithOrderId == order.Id);
}

/// <summary>Reward points: the sandbox gives none, but a test may put an entry in the database.</summary>
internal sealed class RewardPointService(ShopDatabase database) : IRewardPointService
{
    public Task<RewardPointsHistory?> GetRewardPointsHistoryEntryByIdAsync(int rewardPointsHistoryId) =>
        database.FindAsync<RewardPointsHistory>(rewardPointsHistoryId);
}
