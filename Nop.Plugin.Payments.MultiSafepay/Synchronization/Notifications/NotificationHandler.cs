using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Nop.Core;
using Nop.Core.Domain.Orders;
using Nop.Core.Domain.Payments;
using Nop.Plugin.Payments.MultiSafepay.Api;
using Nop.Plugin.Payments.MultiSafepay.Payments.Notices;
using Nop.Plugin.Payments.MultiSafepay.Payments.Orders;
using Nop.Plugin.Payments.MultiSafepay.Payments.Records;
using Nop.Plugin.Payments.MultiSafepay.Payments.Stores;
using Nop.Services.Customers;
using Nop.Services.Orders;

namespace Nop.Plugin.Payments.MultiSafepay.Synchronization.Notifications;

/// <summary>What MultiSafepay is answered: an HTTP status and a short text. Only 200 with "OK" stops it from sending again.</summary>
/// <param name="StatusCode">The HTTP status.</param>
/// <param name="Text">The body.</param>
public sealed record NotificationResponse(int StatusCode, string Text)
{
    /// <summary>Applied, or for ever irrelevant.</summary>
    public static NotificationResponse Ok { get; } = new(StatusCodes.Status200OK, "OK");

    /// <summary>The body cannot be read.</summary>
    public static NotificationResponse Unreadable { get; } = new(StatusCodes.Status400BadRequest, "The notification cannot be read.");

    /// <summary>The signature is missing or wrong.</summary>
    public static NotificationResponse NotSigned { get; } = new(StatusCodes.Status401Unauthorized, "The signature is missing or wrong.");

    /// <summary>The shop has no such order.</summary>
    public static NotificationResponse UnknownOrder { get; } = new(StatusCodes.Status404NotFound, "No such order.");

    /// <summary>The body did not come in time.</summary>
    public static NotificationResponse TooSlow { get; } = new(StatusCodes.Status408RequestTimeout, "The notification took too long.");

    /// <summary>The body is larger than any notification of MultiSafepay.</summary>
    public static NotificationResponse TooLarge { get; } = new(StatusCodes.Status413PayloadTooLarge, "The notification is too large.");

    /// <summary>Asked too often.</summary>
    public static NotificationResponse TooOften { get; } = new(StatusCodes.Status429TooManyRequests, "Too many requests.");

    /// <summary>A passing failure.</summary>
    public static NotificationResponse TryLater { get; } = new(StatusCodes.Status503ServiceUnavailable, "Try again later.");
}

/// <summary>
/// Takes notifications that the <see cref="NotificationAuthenticator"/> has let in: finds the order that the signed body names, and hands over to the <see cref="Synchronizer"/>.
/// </summary>
public class NotificationHandler(
    StoreSettings storeSettings,
    IOrderService orderService,
    ICustomerService customerService,
    IWorkContext workContext,
    Synchronizer synchronizer,
    PaymentRecordStore recordStore,
    OrderNotesAndLog notesAndLog,
    PublicEndpointRateLimiter rateLimiter)
{
    /// <summary>Handles a notification by POST whose signature was verified.</summary>
    /// <param name="storeId">The store that the URL names and whose key has signed.</param>
    /// <param name="signedWith">The environment of that key.</param>
    /// <param name="payloadType">The query parameter <c>payload_type</c>; it is not signed and can only make us ignore the notification.</param>
    /// <param name="body">The raw bytes.</param>
    /// <param name="cancellationToken">Ends the work when the caller goes away.</param>
    public async Task<NotificationResponse> HandleAsync(
        int storeId, MultiSafepayEnvironment signedWith, string? payloadType, ReadOnlyMemory<byte> body, CancellationToken cancellationToken)
    {
        // A payment page that was opened and left: no transaction exists, and the status in it is none of a transaction.
        if (string.Equals(payloadType, "pretransaction", StringComparison.OrdinalIgnoreCase))
            return NotificationResponse.Ok;

        Transaction transaction;
        try
        {
            transaction = Transaction.Parse(body.Span);
        }
        catch (JsonException)
        {
            return NotificationResponse.Unreadable;
        }

        if (OrderReference.Parse(transaction.Var1) is not { } tag)
            return NotificationResponse.UnknownOrder;

        if (await storeSettings.IsDebugLogOnAsync(storeId))
            await notesAndLog.DebugAsync(FormattableString.Invariant(
                $"notification: {OrderNotesAndLog.Clean(transaction.OrderId)} is {OrderNotesAndLog.Clean(transaction.Status)}/{OrderNotesAndLog.Clean(transaction.FinancialStatus)}."));
        return await SynchronizeAsync(() => synchronizer.ApplyAsync(tag, storeId, transaction, signedWith, cancellationToken), failure => notesAndLog.WarnAsync(
            FormattableString.Invariant($"the payment {OrderNotesAndLog.Clean(transaction.OrderId)} could not be synchronized now; MultiSafepay will send again. {failure}")));
    }

    /// <summary>
    /// Handles a notification by GET. It is unsigned, so it is only a hint to ask MultiSafepay, and only about an order of this store that is not finished.
    /// </summary>
    /// <param name="storeId">The store that the URL names.</param>
    /// <param name="orderId">The query parameter <c>transactionid</c>, an order id at MultiSafepay.</param>
    /// <param name="cancellationToken">Ends the work when the caller goes away.</param>
    public async Task<NotificationResponse> HandleHintAsync(int storeId, string? orderId, CancellationToken cancellationToken)
    {
        if (!OrderIds.IsPossible(orderId))
            return NotificationResponse.UnknownOrder;
        if (!rateLimiter.TryLookUp())
            return NotificationResponse.TooOften;

        var settings = await storeSettings.ForStoreAsync(storeId);
        if (await FindAsync(settings, storeId, orderId) is not { } order)
            return NotificationResponse.UnknownOrder;
        if (order.PaymentStatus is not (PaymentStatus.Pending or PaymentStatus.Authorized))
            return NotificationResponse.Ok;
        if (!rateLimiter.TryHint(order.OrderGuid))
            return NotificationResponse.TooOften;

        // The task will ask as well, and a stranger may have sent it: no warning.
        return await SynchronizeAsync(() => synchronizer.PullAsync(OrderReference.From(order), allowTerminalActions: true, cancellationToken),
            failure => settings.DebugLog
                ? notesAndLog.DebugAsync(FormattableString.Invariant($"order {order.Id} could not be synchronized on a hint. {failure}"))
                : Task.CompletedTask);
    }

    private Task<Order?> FindAsync(MultiSafepaySettings settings, int storeId, string orderId) =>
        OrderIds.FindAsync(orderService, orderId, settings.OrderIdTemplate, async order =>
            IsOurs(order, storeId) && (await recordStore.LoadAsync(order)).Find(orderId) is not null);

    private async Task<NotificationResponse> SynchronizeAsync(Func<Task<SyncResult>> synchronize, Func<string, Task> tellFailure)
    {
        try
        {
            // nopCommerce asks for the current customer while it works on an order, and would create a guest for a caller without a cookie. It must never be
            // the order's own customer: the answer would carry that customer's cookie.
            await workContext.SetCurrentCustomerAsync(await customerService.GetOrCreateBackgroundTaskUserAsync());

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

    private static bool IsOurs(Order order, int storeId) => order is { Deleted: false, PaymentMethodSystemName: MultiSafepayDefaults.SystemName } && order.StoreId == storeId;
}
