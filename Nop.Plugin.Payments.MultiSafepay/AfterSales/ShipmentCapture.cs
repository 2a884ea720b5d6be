using Nop.Core.Domain.Orders;
using Nop.Core.Domain.Payments;
using Nop.Core.Domain.Shipping;
using Nop.Plugin.Payments.MultiSafepay.Payments.Records;
using Nop.Plugin.Payments.MultiSafepay.Payments.Stores;
using Nop.Services.Orders;

namespace Nop.Plugin.Payments.MultiSafepay.AfterSales;

/// <summary>Captures an authorised order with its first shipment, or at once where nothing is to be shipped, if the owner wants that. What fails is tried again by the task.</summary>
public class ShipmentCapture(IOrderService orderService, IOrderProcessingService orderProcessingService, StoreSettings storeSettings) : IFollowUpStep
{
    int IFollowUpStep.Position => 2;

    /// <summary>Whether the order is to be captured now. It stays authorised when only a part was captured and the card holds no more.</summary>
    public async Task<bool> IsDueAsync(Order order, PaymentRecord record) =>
        order is { PaymentStatus: PaymentStatus.Authorized, OrderStatus: not OrderStatus.Cancelled }
        && (order.OrderStatus == OrderStatus.Complete
            || order.ShippingStatus is ShippingStatus.PartiallyShipped or ShippingStatus.Shipped or ShippingStatus.Delivered or ShippingStatus.ShippingNotRequired)
        && (await storeSettings.ForStoreAsync(order.StoreId)).CaptureOnShipment
        && !record.Applied.Any(applied => applied.StartsWith(AppliedEvents.CapturedOnlyPrefix, StringComparison.Ordinal));

    /// <summary>Captures the order by nopCommerce's own operation, which notes what goes wrong.</summary>
    public async Task RunAsync(Order order, CancellationToken cancellationToken)
    {
        // A copy of its own: nopCommerce is in the middle of the shipment and goes on with the one it has.
        if ((await orderService.GetOrdersByIdsAsync([order.Id])).FirstOrDefault() is { } fresh && await orderProcessingService.CanCaptureAsync(fresh))
            await orderProcessingService.CaptureAsync(fresh);
    }
}
