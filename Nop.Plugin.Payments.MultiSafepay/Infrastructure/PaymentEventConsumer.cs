using Nop.Core.Domain.Orders;
using Nop.Plugin.Payments.MultiSafepay.AfterSales;
using Nop.Services.Events;

namespace Nop.Plugin.Payments.MultiSafepay.Infrastructure;

/// <summary>Handles refunds, payments and voids that nopCommerce has saved. nopCommerce calls it for orders of every payment method.</summary>
public class PaymentEventConsumer(SaveConfirmation saveConfirmation, FulfillmentHandler fulfillment, PaymentLinkRevocation revocation)
    : IConsumer<OrderRefundedEvent>, IConsumer<OrderPaidEvent>, IConsumer<OrderVoidedEvent>
{
    /// <inheritdoc/>
    public Task HandleEventAsync(OrderRefundedEvent eventMessage) => saveConfirmation.ConfirmAsync(eventMessage.Order, CancellationToken.None);

    /// <inheritdoc/>
    public async Task HandleEventAsync(OrderPaidEvent eventMessage)
    {
        await saveConfirmation.ConfirmAsync(eventMessage.Order, CancellationToken.None);
        await fulfillment.PaidAsync(eventMessage.Order);
        await revocation.FollowAsync(eventMessage.Order, CancellationToken.None);
    }

    /// <inheritdoc/>
    public Task HandleEventAsync(OrderVoidedEvent eventMessage) => saveConfirmation.ConfirmAsync(eventMessage.Order, CancellationToken.None);
}
