using Microsoft.AspNetCore.Mvc;
using Nop.Core;
using Nop.Core.Domain.Orders;
using Nop.Services.Messages;
using Nop.Services.Orders;
using Nop.Services.Shipping;
using Sandbox.Shop.Services;

namespace Sandbox.Shop.Controllers.Admin;

/// <summary>The orders, and every button that nopCommerce has for them.</summary>
internal sealed class OrderController(
    IOrderService orders,
    IOrderProcessingService processing,
    IShipmentService shipments,
    InventoryService stock,
    AdminOrderPages pages,
    INotificationService notifications) : AdminController
{
    [HttpGet]
    public async Task<IActionResult> List() => View(await pages.ListAsync());

    [HttpGet]
    public async Task<IActionResult> Edit(int id) =>
        await orders.GetOrderByIdAsync(id) is { Deleted: false } order ? View(await pages.DetailsAsync(order)) : RedirectToAction(nameof(List));

    [HttpPost]
    public Task<IActionResult> Capture(int id) => DoAsync(id, processing.CaptureAsync);

    [HttpPost]
    public Task<IActionResult> MarkAsPaid(int id) => DoAsync(id, processing.MarkOrderAsPaidAsync);

    [HttpPost]
    public Task<IActionResult> Refund(int id) => DoAsync(id, processing.RefundAsync);

    [HttpPost]
    public Task<IActionResult> RefundOffline(int id) => DoAsync(id, processing.RefundOfflineAsync);

    [HttpPost]
    public Task<IActionResult> PartiallyRefund(int id, decimal amount) => DoAsync(id, order => processing.PartiallyRefundAsync(order, Clamp(order, amount)));

    [HttpPost]
    public Task<IActionResult> PartiallyRefundOffline(int id, decimal amount) => DoAsync(id, order => processing.PartiallyRefundOfflineAsync(order, Clamp(order, amount)));

    [HttpPost]
    public Task<IActionResult> Void(int id) => DoAsync(id, processing.VoidAsync);

    [HttpPost]
    public Task<IActionResult> VoidOffline(int id) => DoAsync(id, processing.VoidOfflineAsync);

    [HttpPost]
    public Task<IActionResult> Cancel(int id) => DoAsync(id, order => processing.CancelOrderAsync(order, notifyCustomer: true));

    [HttpPost]
    public Task<IActionResult> Delete(int id) => DoAsync(id, processing.DeleteOrderAsync);

    /// <summary>Packs and sends everything that has not been sent, or hands it over to the customer who picks it up.</summary>
    [HttpPost]
    public Task<IActionResult> Ship(int id, string? trackingNumber) => DoAsync(id, async order =>
    {
        var shipment = await stock.PackAsync(order, order.PickupInStore ? null : trackingNumber) ?? throw new NopException("There is nothing left to send.");
        if (order.PickupInStore)
        {
            await stock.HandOverAsync(order, shipment);
            await orders.UpdateOrderAsync(order);
            await processing.CheckOrderStatusAsync(order);
            return;
        }

        await processing.ShipAsync(await shipments.GetShipmentByIdAsync(shipment.Id), notifyCustomer: true);
    });

    /// <summary>Changes how many of an item are in the order; 0 takes it off.</summary>
    [HttpPost]
    public Task<IActionResult> EditItem(int id, int itemId, int quantity) => DoAsync(id, async order =>
    {
        if (quantity < 0 || await orders.GetOrderItemByIdAsync(itemId) is not { } item || item.OrderId != order.Id)
            throw new NopException("There is no such item.");
        await stock.EditAsync(item, quantity);
    });

    private Task<IActionResult> DoAsync(int id, Func<Order, Task> operation) => DoAsync(id, async order =>
    {
        await operation(order);
        return [];
    });

    /// <summary>Errors of the plugin come back as a list, a rule that was broken as an exception; both show on the order's page.</summary>
    private async Task<IActionResult> DoAsync(int id, Func<Order, Task<IList<string>>> operation)
    {
        if (await orders.GetOrderByIdAsync(id) is not { Deleted: false } order)
            return RedirectToAction(nameof(List));
        try
        {
            foreach (var error in await operation(order))
                notifications.ErrorNotification(error);
        }
        catch (NopException exception)
        {
            await notifications.ErrorNotificationAsync(exception);
        }

        return RedirectToAction(nameof(Edit), new { id });
    }

    /// <summary>nopCommerce's popup never asks for more than is left.</summary>
    private static decimal Clamp(Order order, decimal amount) => amount <= 0
        ? throw new NopException("Enter amount to refund")
        : Math.Min(amount, order.OrderTotal - order.RefundedAmount);
}
