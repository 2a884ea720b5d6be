using Nop.Core.Domain.Gdpr;
using Nop.Plugin.Payments.MultiSafepay.AfterSales;
using Nop.Plugin.Payments.MultiSafepay.Payments;
using Nop.Services.Events;

namespace Nop.Plugin.Payments.MultiSafepay.Infrastructure;

/// <summary>Handles the permanent deletion of a customer.</summary>
public class CustomerEventConsumer(Deferred<PersonalDataEraser> eraser) : IConsumer<CustomerPermanentlyDeleted>
{
    /// <inheritdoc/>
    public Task HandleEventAsync(CustomerPermanentlyDeleted eventMessage) => eraser.Value.EraseAsync(eventMessage.CustomerId, CancellationToken.None);
}
