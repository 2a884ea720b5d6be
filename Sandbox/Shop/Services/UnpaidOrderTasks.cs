using Nop.Core.Domain.Orders;
using Nop.Core.Domain.Payments;
using Nop.Core.Domain.ScheduleTasks;
using Nop.Services.Common;
using Nop.Services.Configuration;
using Nop.Services.Orders;
using Nop.Services.ScheduleTasks;
using Nop.Services.Stores;

namespace Sandbox.Shop.Services;

/// <summary>
/// Two tasks that nopCommerce has from 5.00 on, off at first: what its issues #8120 and #7743 say of them, told in our own words. Both work on orders as they were when the task began, and save
/// them whole.
/// </summary>
internal static class UnpaidOrderTasks
{
    // As nopCommerce names its own.
    public const string AutoCancelType = "Nop.Services.Orders.AutoCancelOrdersTask, Nop.Services";
    public const string ReminderType = "Nop.Services.Reminders.ProcessPendingOrdersTask, Nop.Services";

    public const string AutoCancelEnabled = "OrderSettings.AutoCancelEnabled";
    public const string AutoCancelDelay = "OrderSettings.AutoCancelDelay";
    public const string AutoCancelIgnoredPaymentMethods = "OrderSettings.AutoCancelIgnoredPaymentMethods";
    public const string AutoCancelRestoreShoppingCart = "OrderSettings.AutoCancelRestoreShoppingCart";
    public const string RemindersEnabled = "ReminderSettings.PendingOrdersEnabled";

    private const int Hour = 3600;

    /// <summary>Finds the task that a row names; null for any other, and in a version that does not have them.</summary>
    public static Type? Find(string type) => !ShopVersion.Is500 ? null : type switch
    {
        AutoCancelType => typeof(AutoCancelOrdersTask),
        ReminderType => typeof(PendingOrderReminderTask),
        _ => null
    };

    /// <summary>Writes the tasks and their settings into a new shop of a version that has them.</summary>
    public static async Task AddAsync(ISettingService settings, IScheduleTaskService tasks)
    {
        if (!ShopVersion.Is500)
            return;
        await settings.SetSettingAsync(AutoCancelEnabled, false);
        await settings.SetSettingAsync(AutoCancelDelay, 48 * 60);
        await settings.SetSettingAsync(AutoCancelIgnoredPaymentMethods, new List<string>());
        await settings.SetSettingAsync(AutoCancelRestoreShoppingCart, false);
        await settings.SetSettingAsync(RemindersEnabled, false);
        await tasks.InsertTaskAsync(new ScheduleTask { Name = "Auto-cancel unpaid orders", Type = AutoCancelType, Seconds = Hour, Enabled = true });
        await tasks.InsertTaskAsync(new ScheduleTask { Name = "Reminders of pending orders", Type = ReminderType, Seconds = Hour, Enabled = true });
    }
}

/// <summary>Cancels orders that are unpaid for too long, by the settings of their store, and puts what was ordered back into the cart if the owner wants that.</summary>
internal sealed class AutoCancelOrdersTask(IStoreService stores, ISettingService settings, IOrderService orders, IOrderProcessingService processing, TimeProvider time) : IScheduleTask
{
    public async Task ExecuteAsync()
    {
        foreach (var store in await stores.GetAllStoresAsync())
        {
            if (!await ReadAsync<bool>(UnpaidOrderTasks.AutoCancelEnabled, store.Id))
                continue;
            var before = time.GetUtcNow().UtcDateTime.AddMinutes(-await ReadAsync<int>(UnpaidOrderTasks.AutoCancelDelay, store.Id));
            var ignored = await ReadAsync<List<string>>(UnpaidOrderTasks.AutoCancelIgnoredPaymentMethods, store.Id) ?? [];
            var unpaid = await orders.SearchOrdersAsync(
                storeId: store.Id, createdToUtc: before, osIds: [(int)OrderStatus.Pending, (int)OrderStatus.Processing], psIds: [(int)PaymentStatus.Pending]);
            foreach (var order in unpaid.Where(order => processing.CanCancelOrder(order) && !ignored.Contains(order.PaymentMethodSystemName)))
            {
                await processing.CancelOrderAsync(order, notifyCustomer: true);
                if (await ReadAsync<bool>(UnpaidOrderTasks.AutoCancelRestoreShoppingCart, store.Id))
                    await processing.ReOrderAsync(order);
            }
        }
    }

    private Task<T> ReadAsync<T>(string key, int storeId) => settings.GetSettingByKeyAsync<T>(key, storeId: storeId, loadSharedValueIfNotFound: true);
}

/// <summary>Mails customers whose order is unpaid, a day after it was placed and again two days later, and saves the orders when all of them have been mailed.</summary>
internal sealed class PendingOrderReminderTask(
    IStoreService stores,
    ISettingService settings,
    IOrderService orders,
    IGenericAttributeService attributes,
    OrderMails mails,
    TimeProvider time) : IScheduleTask
{
    // nopCommerce has columns for both in the order, which it saves for them. The Contracts, which know of the version before, do not.
    private const string FollowUpAttribute = "LastPendingOrderFollowUpNumber";

    private static readonly TimeSpan[] _ages = [TimeSpan.FromDays(1), TimeSpan.FromDays(3)];

    public async Task ExecuteAsync()
    {
        var now = time.GetUtcNow().UtcDateTime;
        foreach (var store in await stores.GetAllStoresAsync())
        {
            if (!await settings.GetSettingByKeyAsync<bool>(UnpaidOrderTasks.RemindersEnabled, storeId: store.Id, loadSharedValueIfNotFound: true))
                continue;
            var reminded = new List<Order>();
            var pending = await orders.SearchOrdersAsync(storeId: store.Id, psIds: [(int)PaymentStatus.Pending]);
            foreach (var order in pending.Where(order => order.OrderStatus != OrderStatus.Cancelled))
            {
                var sent = await attributes.GetAttributeAsync<int>(order, FollowUpAttribute);
                if (sent >= _ages.Length || order.CreatedOnUtc + _ages[sent] > now)
                    continue;
                await mails.SendToCustomerAsync($"Reminder.PendingOrder.FollowUp{sent + 1}", order);
                await attributes.SaveAttributeAsync(order, FollowUpAttribute, sent + 1);
                reminded.Add(order);
            }

            foreach (var order in reminded)
                await orders.UpdateOrderAsync(order);
        }
    }
}
