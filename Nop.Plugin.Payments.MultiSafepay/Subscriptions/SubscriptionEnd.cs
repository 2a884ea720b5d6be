using Nop.Core.Domain.Orders;
using Nop.Plugin.Payments.MultiSafepay.Api;
using Nop.Plugin.Payments.MultiSafepay.Payments.Orders;
using Nop.Plugin.Payments.MultiSafepay.Payments.Records;
using Nop.Services.Orders;

namespace Nop.Plugin.Payments.MultiSafepay.Subscriptions;

/// <summary>Ends subscriptions. It always succeeds for the customer; what MultiSafepay has to delete is left to the task.</summary>
public class SubscriptionEnd(
    SubscriptionDetails details, LockedOrders lockedOrders, FollowUpList followUpList, IOrderService orderService, IOrderProcessingService orderProcessingService)
{
    /// <summary>Called when nopCommerce cancels a subscription: the customer, the owner, or the cancellation of the first order. Never throws.</summary>
    /// <param name="order">The first order.</param>
    public Task AnnounceAsync(Order order) => followUpList.TryAddSubscriptionAsync(order.Id);

    /// <summary>
    /// Called when a subscription was edited or deleted in nopCommerce: the task looks at it again, because its date may be another one, or it has ended. Nothing is done for what the task itself
    /// has edited.
    /// </summary>
    /// <param name="recurring">The subscription, of any payment method.</param>
    public async Task LookAgainAsync(RecurringPayment recurring)
    {
        if (await orderService.GetOrderByIdAsync(recurring.InitialOrderId) is { } order && order.IsOurs() && !lockedOrders.IsHeld(order))
            await AnnounceAsync(order);
    }

    /// <summary>Deletes what MultiSafepay stores for a subscription that has ended, unless something else uses it.</summary>
    /// <exception cref="MultiSafepayApiException">MultiSafepay gave no usable answer; the task tries again.</exception>
    /// <exception cref="OrderBusyException">Another caller is working on the order.</exception>
    public async Task CompleteAsync(LockedOrder locked, CancellationToken cancellationToken)
    {
        if (locked.Record.Subscription is not { } subscription)
            return;

        // Also after the end: the customer can still pay an order that was left open, which stores details once more.
        await details.RemoveUnusedAsync(locked, cancellationToken);
        if (subscription is not { IsEnded: true, CardId: null })
            await locked.SaveAsync(locked.Record with { Subscription = subscription with { IsEnded = true, CardId = null } });
    }

    /// <summary>Cancels all subscriptions of a customer who was deleted.</summary>
    /// <param name="customerId">The customer.</param>
    public async Task EndAllAsync(int customerId)
    {
        if (customerId <= 0)
            return;
        foreach (var recurring in (await orderService.SearchRecurringPaymentsAsync(customerId: customerId, showHidden: true)).Where(recurring => recurring.IsActive))
        {
            if (await orderService.GetOrderByIdAsync(recurring.InitialOrderId) is { } order && order.IsPlacedWithPlugin())
                await orderProcessingService.CancelRecurringPaymentAsync(recurring);
        }
    }
}
