using Nop.Core.Domain.Orders;
using Nop.Core.Domain.Payments;
using Nop.Plugin.Payments.MultiSafepay.Payments.Orders;
using Nop.Plugin.Payments.MultiSafepay.Payments.Records;
using Nop.Services.Localization;
using Nop.Services.Orders;
using Nop.Services.Payments;

namespace Nop.Plugin.Payments.MultiSafepay.Subscriptions;

/// <summary>
/// Answers nopCommerce when it is about to make the next order of a subscription: for the task, or because the owner has pressed <em>Process next payment</em>. Nothing is charged here, because
/// the order does not exist yet and has another GUID with each try: a crash between the payment and the order would lose the order, and the next try would charge again. The task charges the
/// order when it is there.
/// </summary>
public class NextOrderPlacement(
    SubscriptionCycles cycles,
    PaymentRecordStore recordStore,
    FollowUpList followUpList,
    IOrderService orderService,
    UncachedOrderReader uncachedOrders,
    ILocalizationService localizationService,
    TimeProvider timeProvider)
{
    // A second click.
    private static readonly TimeSpan _shortest = TimeSpan.FromMinutes(1);

    private static readonly AsyncLocal<int> _expected = new();

    /// <summary>Runs the work by which the task has nopCommerce make an order.</summary>
    /// <param name="number">The number of the order.</param>
    /// <param name="work">The work.</param>
    public static async Task<T> ExpectingAsync<T>(int number, Func<Task<T>> work)
    {
        _expected.Value = number;
        try
        {
            return await work();
        }
        finally
        {
            _expected.Value = 0;
        }
    }

    /// <summary>
    /// Allows the order, which is pending until the task has charged it; or refuses it if another caller is making it, or if the one before it is not paid: only the latest order of a subscription
    /// that has begun is charged, so one of them would stay open.
    /// </summary>
    /// <param name="request">The request with the first order of the subscription.</param>
    public async Task<ProcessPaymentResult> PlaceAsync(ProcessPaymentRequest request)
    {
        var result = new ProcessPaymentResult { NewPaymentStatus = PaymentStatus.Pending };
        var (initialOrderId, number) = (request.InitialOrder.Id, _expected.Value);
        if (number == 0)
        {
            var latest = await cycles.LatestAsync(initialOrderId);
            number = await NextNumberAsync(initialOrderId);
            if (latest is not null && (latest.Number >= number || timeProvider.GetUtcNow().UtcDateTime - latest.CreatedOnUtc < _shortest))
                number = 0;
            else if (latest is null ? request.InitialOrder.PaymentStatus is PaymentStatus.Pending or PaymentStatus.Authorized : await IsOpenAsync(latest))
                return await RefusedAsync(result, "Panel.Refused.SubscriptionOpen");
        }

        // Before the order exists: a shop that stops in between finds it. The task has a row already.
        if (_expected.Value == 0)
            await followUpList.AddSubscriptionAsync(initialOrderId);
        if (number == 0 || !await cycles.TryClaimAsync(initialOrderId, number, request.OrderGuid))
            await RefusedAsync(result, "Subscription.BeingMade");
        return result;
    }

    private async Task<bool> IsOpenAsync(MultiSafepaySubscriptionCycle cycle) =>
        await uncachedOrders.FindAsync(new OrderReference(Guid.ParseExact(cycle.OrderGuid, "N"))) is { } order
        && order is { Deleted: false, OrderStatus: not OrderStatus.Cancelled, PaymentStatus: PaymentStatus.Pending }
        && (await recordStore.LoadAsync([order.Id])).GetValueOrDefault(order.Id)?.SubscriptionCharge is not { IsGivenUp: true };

    private async Task<ProcessPaymentResult> RefusedAsync(ProcessPaymentResult result, string key)
    {
        result.AddError(await localizationService.GetResourceAsync($"{MultiSafepayDefaults.ResourcePrefix}.{key}"));
        return result;
    }

    private async Task<int> NextNumberAsync(int initialOrderId) =>
        await cycles.RecurringAsync(initialOrderId) is { } recurring ? (await orderService.GetRecurringPaymentHistoryAsync(recurring)).Count + 1 : 0;
}
