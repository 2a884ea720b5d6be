using Nop.Core.Domain.Shipping;
using Nop.Plugin.Payments.MultiSafepay.AfterSales;
using Nop.Plugin.Payments.MultiSafepay.Payments;
using Nop.Services.Events;

namespace Nop.Plugin.Payments.MultiSafepay.Infrastructure;

/// <summary>Handles shipments and their tracking numbers. nopCommerce calls it for orders of every payment method.</summary>
public class ShipmentEventConsumer(Deferred<FulfillmentHandler> fulfillment) : IConsumer<ShipmentSentEvent>, IConsumer<ShipmentTrackingNumberSetEvent>
{
    /// <inheritdoc/>
    public Task HandleEventAsync(ShipmentSentEvent eventMessage) => fulfillment.Value.ShippedAsync(eventMessage.Shipment.OrderId, CancellationToken.None);

    /// <inheritdoc/>
    public Task HandleEventAsync(ShipmentTrackingNumberSetEvent eventMessage) => fulfillment.Value.ShippedAsync(eventMessage.Shipment.OrderId, CancellationToken.None);
}
