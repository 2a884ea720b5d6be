using Nop.Core.Domain.Orders;
using Nop.Core.Domain.Payments;
using Nop.Core.Domain.Shipping;
using Nop.Plugin.Payments.MultiSafepay.Payments.Records;
using Nop.Plugin.Payments.MultiSafepay.Payments.Stores;
using Nop.Services.Orders;

namespace Nop.Plugin.Payments.MultiSafepay.AfterSales;

/// <summary>
/// Captures an authorised order with its first shipment, or at once if nothing is to be shipped, if the owner has chosen that. What fails is retried by the scheduled task.
/// </summary>
public class ShipmentCapture(IOrderService orderService, IOrderProcessingService orderProcessingService, StoreSettings storeSettings) : IFollowUpStep
{
    int IFollowUpStep.Position => 2;

    /// <summary>
    /// Whether the order should be captured now. It stays authorised if only a part was captured and nothing more is held on the card.
    /// </summary>
    public async Task<bool> IsDueAsync(Order order, PaymentRecord record) =>
        order is { PaymentStatus: PaymentStatus.Authorized, OrderStatus: not OrderStatus.Cancelled }
        && (order.OrderStatus == OrderStatus.Complete
            || order.ShippingStatus is ShippingStatus.PartiallyShipped or ShippingStatus.Shipped or ShippingStatus.Delivered or ShippingStatus.ShippingNotRequired)
        && (await storeSettings.ForStoreAsync(order.StoreId)).CaptureOnShipment
        && !record.Applied.Any(applied => applied.StartsWith(AppliedEvents.CapturedOnlyPrefix, StringComparison.Ordinal));

    /// <summary>Captures the order with nopCommerce's own operation, which writes a note about a failure.</summary>
    public async Task RunAsync(Order order, CancellationToken cancellationToken)
    {
        // A separate copy of the order, because nopCommerce is in the middle of the shipment and continues with its own.
        if ((await orderService.GetOrdersByIdsAsync([order.Id])).FirstOrDefault() is { } fresh && await orderProcessingService.CanCaptureAsync(fresh))
            await orderProcessingService.CaptureAsync(fresh);
    }
}
