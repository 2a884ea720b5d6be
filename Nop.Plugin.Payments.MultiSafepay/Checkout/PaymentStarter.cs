using Nop.Core.Caching;
using Nop.Core.Domain.Orders;
using Nop.Core.Domain.Payments;
using Nop.Plugin.Payments.MultiSafepay.Api;
using Nop.Plugin.Payments.MultiSafepay.Configuration;
using Nop.Plugin.Payments.MultiSafepay.Synchronization;
using Nop.Services.Stores;

namespace Nop.Plugin.Payments.MultiSafepay.Checkout;

/// <summary>
/// Finds the page where a customer pays an order, once for each order at a time: the payment link of the last attempt while it lives, otherwise a new order
/// at MultiSafepay. There are never two that could both be paid.
/// </summary>
public class PaymentStarter(
    FreshOrders freshOrders,
    IStoreService storeService,
    StoreSettings storeSettings,
    PaymentRecordStore recordStore,
    PaymentOpener opener,
    PaymentCloser closer,
    Synchronizer synchronizer,
    OrderLock orderLock,
    ILocker locker)
{
    /// <summary>Starts the payment, or finds the started one.</summary>
    /// <exception cref="PaymentStartException">The payment cannot be started; the exception says what owner and customer are told.</exception>
    /// <exception cref="MultiSafepayApiException">MultiSafepay refused the order or gave no usable answer.</exception>
    /// <exception cref="OrderBusyException">Somebody else is working on the order.</exception>
    public Task<Uri> StartAsync(OrderTag tag, CancellationToken cancellationToken) => orderLock.RunAsync(locker, tag.OrderGuid, async () =>
    {
        var order = await freshOrders.FindAsync(tag) ?? throw new PaymentStartException(PaymentStartFailure.NotPayable);
        EnsurePayable(order);

        var store = await storeService.GetStoreByIdAsync(order.StoreId) ?? throw new PaymentStartException(PaymentStartFailure.NotPayable);
        var settings = await storeSettings.ForStoreAsync(order.StoreId);
        var credentials = storeSettings.Credentials(settings, settings.Environment) ?? throw new PaymentStartException(PaymentStartFailure.NoApiKey);
        var record = await recordStore.LoadAsync(order);

        if (record.Current is { Closed: false } current)
        {
            var (isOpen, hasFailed) = await LookAsync(order, settings, record, current, cancellationToken);
            if (isOpen)
                return new Uri(current.PaymentUrl!);
            record = await recordStore.LoadAsync(order);
            record = await closer.CloseAsync(order, settings, record, record.Current! with { MethodFailed = hasFailed }, cancellationToken);
            if (!record.Current!.Closed)
                throw new PaymentStartException(PaymentStartFailure.InProgress);
        }

        return await opener.OpenAsync(order, store, settings, credentials, record, cancellationToken);
    }, cancellationToken);

    // A link is used again only for the same charge in the same environment, and only when MultiSafepay does not know better. Where the customer can have
    // paid already, the answer decides; while MultiSafepay is out of reach, a link that has not run out is still the best there is.
    // A method that came to a bad end is not proposed again; running out of time is none.
    private async Task<(bool IsOpen, bool HasFailed)> LookAsync(
        Order order, MultiSafepaySettings settings, PaymentRecord record, PaymentAttempt attempt, CancellationToken cancellationToken)
    {
        var reusable = attempt.PaymentUrl is not null && await opener.IsSameChargeAsync(order, settings, attempt);
        SyncResult result;
        try
        {
            result = await synchronizer.PullAsync(order, record, mayEndOrder: false, cancellationToken);
            reusable = reusable && !(result.Outcome == SyncOutcome.NotStarted && await closer.IsTakenAsync(order, settings, attempt, cancellationToken));
        }
        catch (MultiSafepayApiException exception) when (exception.IsTransient && reusable)
        {
            return (true, false);
        }

        EnsurePayable(order);
        return result switch
        {
            { Outcome: SyncOutcome.NotStarted } or { State: TransactionState.Initialized } => (reusable, false),
            _ when result.State.IsUnpaidEnd() => (false, result.State != TransactionState.Expired),
            _ => throw new PaymentStartException(PaymentStartFailure.InProgress)
        };
    }

    private static void EnsurePayable(Order order)
    {
        if (order.Deleted || order.OrderStatus == OrderStatus.Cancelled || order.PaymentStatus != PaymentStatus.Pending)
            throw new PaymentStartException(PaymentStartFailure.NotPayable);
    }
}

/// <summary>Why a payment could not be started, where the reason is the shop's own.</summary>
public enum PaymentStartFailure
{
    /// <summary>The order is paid, cancelled or gone.</summary>
    NotPayable,

    /// <summary>A payment is being processed; another one would be one too many.</summary>
    InProgress,

    /// <summary>The owner has entered no API key for the chosen environment.</summary>
    NoApiKey,

    /// <summary>MultiSafepay cannot call the notification URL, or send the customer back.</summary>
    BadUrl
}

/// <summary>A payment could not be started for a reason of the shop's own.</summary>
/// <param name="failure">The reason.</param>
/// <param name="details">More for the owner: what is wrong with which URL.</param>
public sealed class PaymentStartException(PaymentStartFailure failure, string? details = null) : Exception($"The payment cannot be started: {failure}. {details}")
{
    /// <summary>The reason.</summary>
    public PaymentStartFailure Failure { get; } = failure;

    /// <summary>More for the owner, or null.</summary>
    public string? Details { get; } = details;
}
