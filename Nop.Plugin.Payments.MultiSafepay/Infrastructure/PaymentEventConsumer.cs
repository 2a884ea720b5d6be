using Nop.Core.Domain.Orders;
using Nop.Plugin.Payments.MultiSafepay.AfterSales;
using Nop.Plugin.Payments.MultiSafepay.Payments;
using Nop.Services.Events;

namespace Nop.Plugin.Payments.MultiSafepay.Infrastructure;

/// <summary>Handles refunds, payments and voids that nopCommerce has saved. nopCommerce calls it for orders of every payment method.</summary>
public class PaymentEventConsumer(Deferred<SaveConfirmation> saveConfirmation, Deferred<FulfillmentHandler> fulfillment, Deferred<PaymentLinkRevocation> revocation)
    : IConsumer<OrderRefundedEvent>, IConsumer<OrderPaidEvent>, IConsumer<OrderVoidedEvent>
{
    /// <inheritdoc/>
    public async Task HandleEventAsync(OrderRefundedEvent eventMessage)
    {
        await saveConfirmation.Value.ConfirmAsync(eventMessage.Order, CancellationToken.None);
        await saveConfirmation.Value.TellOfRefundAsync(eventMessage.Order);
    }

    /// <inheritdoc/>
    public async Task HandleEventAsync(OrderPaidEvent eventMessage)
    {
        await saveConfirmation.Value.ConfirmAsync(eventMessage.Order, CancellationToken.None);
        await fulfillment.Value.PaidAsync(eventMessage.Order);
        await revocation.Value.FollowAsync(eventMessage.Order, CancellationToken.None);
    }

    /// <inheritdoc/>
    public Task HandleEventAsync(OrderVoidedEvent eventMessage) => saveConfirmation.Value.ConfirmAsync(eventMessage.Order, CancellationToken.None);
}
