using Nop.Core.Domain.Orders;
using Nop.Core.Domain.Payments;
using Nop.Services.Orders;
using Nop.Services.Payments;
using LogLevel = Nop.Core.Domain.Logging.LogLevel;

namespace Sandbox.Shop.Services;

/// <content>Placing an order. Everything here happens before the shopper is sent to the payment page: mails, stock, the empty cart.</content>
internal sealed partial class OrderProcessingService
{
    private async Task<PlaceOrderResult> PlaceAsync(ProcessPaymentRequest request)
    {
        var result = new PlaceOrderResult();
        try
        {
            var details = await placement.GatherAsync(request);
            var payment = details.IsRecurring ? await payments.PayRecurringAsync(request) : await payments.ProcessPaymentAsync(request);
            if (payment.Success)
            {
                var order = result.PlacedOrder = await placement.SaveAsync(request, payment, details);
                await placement.MoveCartAsync(order, details);
                if (details.IsRecurring)
                    await BeginRecurringPaymentAsync(request, order);
                await TellOfOrderAsync(order);
                await events.PublishAsync(new OrderPlacedEvent(order));
                if (order.PaymentStatus == PaymentStatus.Paid)
                    await ProcessOrderPaidAsync(order);
                await CheckOrderStatusAsync(order);
            }
            else
            {
                foreach (var error in payment.Errors)
                    result.AddError($"Payment error: {error}");
            }
        }
        catch (Exception exception)
        {
            await logger.ErrorAsync(exception.Message, exception);
            result.AddError(exception.Message);
        }

        if (!result.Success)
            await logger.InsertLogAsync(LogLevel.Error, $"Error while placing order. {string.Join(" ", result.Errors.Select((error, index) => $"Error {index + 1}: {error}"))}");
        return result;
    }

    private async Task TellOfOrderAsync(Order order)
    {
        await AddNoteAsync(order, "Order placed");
        await mails.SendToOwnerAsync("OrderPlaced.StoreOwnerNotification", order);
        await mails.SendToCustomerAsync("OrderPlaced.CustomerNotification", order);
    }
}
