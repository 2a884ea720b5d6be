using Nop.Core.Domain.Orders;
using Nop.Core.Events;
using Nop.Plugin.Payments.MultiSafepay.Payments;
using Nop.Plugin.Payments.MultiSafepay.Subscriptions;
using Nop.Services.Events;

namespace Nop.Plugin.Payments.MultiSafepay.Infrastructure;

/// <summary>Handles recurring payments that the owner has edited or deleted: the task looks at them again. nopCommerce calls it for those of every payment method.</summary>
public class SubscriptionEventConsumer(Deferred<SubscriptionEnd> subscriptionEnd) : IConsumer<EntityUpdatedEvent<RecurringPayment>>, IConsumer<EntityDeletedEvent<RecurringPayment>>
{
    /// <inheritdoc/>
    public Task HandleEventAsync(EntityUpdatedEvent<RecurringPayment> eventMessage) => subscriptionEnd.Value.LookAgainAsync(eventMessage.Entity);

    /// <summary>Handles a recurring payment that the owner has deleted, which ends the subscription.</summary>
    public Task HandleEventAsync(EntityDeletedEvent<RecurringPayment> eventMessage) => subscriptionEnd.Value.LookAgainAsync(eventMessage.Entity);
}
