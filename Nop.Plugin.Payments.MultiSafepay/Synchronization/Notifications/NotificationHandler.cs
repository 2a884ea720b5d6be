using System.Text.Json;
using Nop.Core.Domain.Orders;
using Nop.Core.Domain.Payments;
using Nop.Plugin.Payments.MultiSafepay.Api;
using Nop.Plugin.Payments.MultiSafepay.Payments;
using Nop.Plugin.Payments.MultiSafepay.Payments.Notices;
using Nop.Plugin.Payments.MultiSafepay.Payments.Orders;
using Nop.Plugin.Payments.MultiSafepay.Payments.Records;
using Nop.Plugin.Payments.MultiSafepay.Payments.Stores;
using Nop.Services.Orders;

namespace Nop.Plugin.Payments.MultiSafepay.Synchronization.Notifications;

/// <summary>
/// Applies notifications whose signature the <see cref="NotificationAuthenticator"/> has verified: finds the order in the signed body and, unless the notification is a repetition, calls the
/// <see cref="Synchronizer"/>.
/// </summary>
public class NotificationHandler(
    StoreSettings storeSettings,
    RepetitionCheck repetitionCheck,
    Deferred<Synchronizer> synchronizer,
    Deferred<BackgroundUser> backgroundUser,
    Deferred<IOrderService> orderService,
    Deferred<PaymentRecordStore> recordStore,
    Deferred<OrderNotesAndLog> notesAndLog,
    PublicEndpointRateLimiter rateLimiter)
{
    /// <summary>Handles a notification by POST whose signature was verified.</summary>
    /// <param name="storeId">The store in the URL, whose key signed the notification.</param>
    /// <param name="signedWith">The environment of that key.</param>
    /// <param name="payloadType">The query parameter <c>payload_type</c>. It is not signed and can only cause the notification to be ignored.</param>
    /// <param name="body">The raw bytes.</param>
    /// <param name="cancellationToken">Cancels the work when the caller disconnects.</param>
    public async Task<NotificationResponse> HandleAsync(
        int storeId, MultiSafepayEnvironment signedWith, string? payloadType, ReadOnlyMemory<byte> body, CancellationToken cancellationToken)
    {
        // A payment page was opened and left. No transaction exists, and the status in the body is not that of a transaction.
        if (string.Equals(payloadType, "pretransaction", StringComparison.OrdinalIgnoreCase))
            return NotificationResponse.Ok;

        Transaction transaction;
        try
        {
            transaction = Transaction.ParseNotification(body.Span);
        }
        catch (JsonException)
        {
            return NotificationResponse.Unreadable;
        }

        if (OrderReference.Parse(transaction.Var1) is not { } reference)
            return NotificationResponse.UnknownOrder;

        if (await storeSettings.IsDebugLogOnAsync(storeId))
            await notesAndLog.Value.DebugAsync(FormattableString.Invariant(
                $"notification: {OrderNotesAndLog.Clean(transaction.OrderId)} is {OrderNotesAndLog.Clean(transaction.Status)}/{OrderNotesAndLog.Clean(transaction.FinancialStatus)}."));
        if (await repetitionCheck.IsRepetitionAsync(reference, storeId, transaction, signedWith))
            return NotificationResponse.Ok;
        return await SynchronizeAsync(
            () => synchronizer.Value.ApplyNotificationAsync(reference, storeId, transaction, signedWith, backgroundUser.Value.ActAsync, cancellationToken), failure => notesAndLog.Value.WarnAsync(
            FormattableString.Invariant($"the payment {OrderNotesAndLog.Clean(transaction.OrderId)} could not be synchronized now; MultiSafepay will send again. {failure}")));
    }

    /// <summary>
    /// Handles a notification by GET. It is unsigned, so it is only a hint to ask MultiSafepay, and only about an unfinished order of this store.
    /// </summary>
    /// <param name="storeId">The store in the URL.</param>
    /// <param name="orderId">The query parameter <c>transactionid</c>, an order id at MultiSafepay.</param>
    /// <param name="cancellationToken">Cancels the work when the caller disconnects.</param>
    public async Task<NotificationResponse> HandleHintAsync(int storeId, string? orderId, CancellationToken cancellationToken)
    {
        if (!OrderIds.IsPossible(orderId))
            return NotificationResponse.UnknownOrder;
        if (!rateLimiter.TryLookUp())
            return NotificationResponse.TooOften;

        var settings = await storeSettings.ForStoreAsync(storeId);
        var isLimited = false;
        if (await FindAsync(settings, storeId, orderId, () => !(isLimited = !rateLimiter.TryLookUpNumber())) is not { } order)
            return isLimited ? NotificationResponse.TooOften : NotificationResponse.UnknownOrder;
        if (order.PaymentStatus is not (PaymentStatus.Pending or PaymentStatus.Authorized))
            return NotificationResponse.Ok;
        if (!rateLimiter.TryHint(order.OrderGuid))
            return NotificationResponse.TooOften;

        // No warning: the scheduled task will ask as well, and anybody may have sent the hint.
        await backgroundUser.Value.ActAsync();
        return await SynchronizeAsync(() => synchronizer.Value.PullAsync(OrderReference.From(order), allowTerminalActions: true, cancellationToken),
            failure => settings.DebugLog
                ? notesAndLog.Value.DebugAsync(FormattableString.Invariant($"order {order.Id} could not be synchronized on a hint. {failure}"))
                : Task.CompletedTask);
    }

    private Task<Order?> FindAsync(MultiSafepaySettings settings, int storeId, string orderId, Func<bool> mayReadAll) =>
        OrderIds.FindAsync(orderService.Value, orderId, settings.OrderIdTemplate, async order =>
            IsOurs(order, storeId) && (await recordStore.Value.LoadAsync(order)).Find(orderId) is not null, mayReadAll);

    private static async Task<NotificationResponse> SynchronizeAsync(Func<Task<SyncResult>> synchronize, Func<string, Task> tellFailure)
    {
        try
        {
            return (await synchronize()).Outcome switch
            {
                SyncOutcome.UnknownOrder => NotificationResponse.UnknownOrder,
                SyncOutcome.WrongKey => NotificationResponse.NotSigned,
                _ => NotificationResponse.Ok
            };
        }
        catch (Exception exception) when (exception is OrderBusyException or MultiSafepayApiException)
        {
            await tellFailure(exception.Message);
            return NotificationResponse.TryLater;
        }
    }

    private static bool IsOurs(Order order, int storeId) => order.IsOurs() && order.StoreId == storeId;
}
