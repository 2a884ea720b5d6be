using Nop.Core.Domain.Orders;
using Nop.Core.Events;
using Nop.Plugin.Payments.MultiSafepay.Payments;
using Nop.Plugin.Payments.MultiSafepay.Subscriptions;
using Nop.Services.Events;

namespace Nop.Plugin.Payments.MultiSafepay.Infrastructure;

/// <summary>Handles recurring payments that the owner has edited: the task looks at their dates again. nopCommerce calls it for those of every payment method.</summary>
public class SubscriptionEventConsumer(Deferred<SubscriptionEnd> subscriptionEnd) : IConsumer<EntityUpdatedEvent<RecurringPayment>>
{
    /// <inheritdoc/>
    public Task HandleEventAsync(EntityUpdatedEvent<RecurringPayment> eventMessage) => subscriptionEnd.Value.LookAgainAsync(eventMessage.Entity);
}
