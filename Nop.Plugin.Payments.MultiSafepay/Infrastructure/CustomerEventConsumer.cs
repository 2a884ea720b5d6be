using Nop.Core.Domain.Gdpr;
using Nop.Plugin.Payments.MultiSafepay.AfterSales;
using Nop.Plugin.Payments.MultiSafepay.Payments;
using Nop.Plugin.Payments.MultiSafepay.SavedCards;
using Nop.Plugin.Payments.MultiSafepay.Subscriptions;
using Nop.Services.Events;

namespace Nop.Plugin.Payments.MultiSafepay.Infrastructure;

/// <summary>Handles the permanent deletion of a customer.</summary>
public class CustomerEventConsumer(Deferred<PersonalDataEraser> eraser, Deferred<CustomerCardEraser> cardEraser, Deferred<SubscriptionEnd> subscriptionEnd) : IConsumer<CustomerPermanentlyDeleted>
{
    /// <inheritdoc/>
    public async Task HandleEventAsync(CustomerPermanentlyDeleted eventMessage)
    {
        await subscriptionEnd.Value.EndAllAsync(eventMessage.CustomerId);
        await cardEraser.Value.EraseAsync(eventMessage.CustomerId, CancellationToken.None);
        await eraser.Value.EraseAsync(eventMessage.CustomerId, CancellationToken.None);
    }
}
