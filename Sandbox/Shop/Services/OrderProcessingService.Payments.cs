using System.Globalization;
using Nop.Core;
using Nop.Core.Domain.Orders;
using Nop.Core.Domain.Payments;
using Nop.Services.Payments;
using LogLevel = Nop.Core.Domain.Logging.LogLevel;

namespace Sandbox.Shop.Services;

/// <content>The operations on the order's payment: who may do what in which state, and what nopCommerce does besides.</content>
internal sealed partial class OrderProcessingService
{
    public bool CanMarkOrderAsAuthorized(Order order) => order is { OrderStatus: not OrderStatus.Cancelled, PaymentStatus: PaymentStatus.Pending };

    /// <summary>Checks nothing, as the real one: the caller must ask <see cref="CanMarkOrderAsAuthorized"/>.</summary>
    public async Task MarkAsAuthorizedAsync(Order order)
    {
        order.PaymentStatus = PaymentStatus.Authorized;
        await orders.UpdateOrderAsync(order);
        await AddNoteAsync(order, "Order has been marked as authorized");
        await events.PublishAsync(new OrderAuthorizedEvent(order));
        await CheckOrderStatusAsync(order);
    }

    public async Task<bool> CanCaptureAsync(Order order) =>
        order is { OrderStatus: not (OrderStatus.Cancelled or OrderStatus.Pending), PaymentStatus: PaymentStatus.Authorized }
        && await payments.SupportCaptureAsync(order.PaymentMethodSystemName);

    public async Task<IList<string>> CaptureAsync(Order order)
    {
        if (!await CanCaptureAsync(order))
            throw new NopException("Cannot do capture for order.");

        CapturePaymentResult? result = null;
        try
        {
            result = await payments.CaptureAsync(new CapturePaymentRequest { Order = order });
            if (result.Success)
            {
                if (result.NewPaymentStatus == PaymentStatus.Paid)
                    order.PaidDateUtc = UtcNow;
                order.CaptureTransactionId = result.CaptureTransactionId;
                order.CaptureTransactionResult = result.CaptureTransactionResult;
                order.PaymentStatus = result.NewPaymentStatus;
                await orders.UpdateOrderAsync(order);
                await AddNoteAsync(order, "Order has been captured");
                await CheckOrderStatusAsync(order);
                if (order.PaymentStatus == PaymentStatus.Paid)
                    await ProcessOrderPaidAsync(order);
            }
        }
        catch (Exception exception)
        {
            result ??= new CapturePaymentResult();
            result.AddError(Describe(exception));
        }

        return await ReportAsync(order, "capture", "capturing", result.Errors);
    }

    public bool CanMarkOrderAsPaid(Order order) =>
        order is { OrderStatus: not OrderStatus.Cancelled, PaymentStatus: not (PaymentStatus.Paid or PaymentStatus.Refunded or PaymentStatus.Voided) };

    public async Task MarkOrderAsPaidAsync(Order order)
    {
        if (!CanMarkOrderAsPaid(order))
            throw new NopException("You can't mark this order as paid");

        order.PaymentStatus = PaymentStatus.Paid;
        order.PaidDateUtc = UtcNow;
        await orders.UpdateOrderAsync(order);
        await AddNoteAsync(order, "Order has been marked as paid");
        await CheckOrderStatusAsync(order);
        if (order.PaymentStatus == PaymentStatus.Paid)
            await ProcessOrderPaidAsync(order);
    }

    public async Task<bool> CanRefundAsync(Order order) => CanRefundOffline(order) && await payments.SupportRefundAsync(order.PaymentMethodSystemName);

    public async Task<IList<string>> RefundAsync(Order order)
    {
        if (!await CanRefundAsync(order))
            throw new NopException("Cannot do refund for order.");
        return await RefundOnlineAsync(order, order.OrderTotal, partial: false);
    }

    public bool CanRefundOffline(Order order) => order is { OrderTotal: not 0, RefundedAmount: 0, PaymentStatus: PaymentStatus.Paid };

    public async Task RefundOfflineAsync(Order order)
    {
        if (!CanRefundOffline(order))
            throw new NopException("You can't refund this order");
        await BookRefundAsync(order, order.OrderTotal, PaymentStatus.Refunded, "Order has been marked as refunded");
    }

    public async Task<bool> CanPartiallyRefundAsync(Order order, decimal amountToRefund) =>
        CanPartiallyRefundOffline(order, amountToRefund) && await payments.SupportPartiallyRefundAsync(order.PaymentMethodSystemName);

    public async Task<IList<string>> PartiallyRefundAsync(Order order, decimal amountToRefund)
    {
        if (!await CanPartiallyRefundAsync(order, amountToRefund))
            throw new NopException("Cannot do partial refund for order.");
        return await RefundOnlineAsync(order, amountToRefund, partial: true);
    }

    public bool CanPartiallyRefundOffline(Order order, decimal amountToRefund)
    {
        var left = order.OrderTotal - order.RefundedAmount;
        return order.OrderTotal != 0 && left > 0 && amountToRefund <= left && order.PaymentStatus is PaymentStatus.Paid or PaymentStatus.PartiallyRefunded;
    }

    public async Task PartiallyRefundOfflineAsync(Order order, decimal amountToRefund)
    {
        if (!CanPartiallyRefundOffline(order, amountToRefund))
            throw new NopException("You can't partially refund (offline) this order");
        var whole = order.RefundedAmount + amountToRefund == order.OrderTotal;
        await BookRefundAsync(order, amountToRefund, whole ? PaymentStatus.Refunded : PaymentStatus.PartiallyRefunded, "Order has been marked as partially refunded");
    }

    public async Task<bool> CanVoidAsync(Order order) =>
        order.OrderTotal != 0 && CanVoidOffline(order) && await payments.SupportVoidAsync(order.PaymentMethodSystemName);

    public async Task<IList<string>> VoidAsync(Order order)
    {
        if (!await CanVoidAsync(order))
            throw new NopException("Cannot do void for order.");

        VoidPaymentResult? result = null;
        try
        {
            result = await payments.VoidAsync(new VoidPaymentRequest { Order = order });
            if (result.Success)
                await BookVoidAsync(order, result.NewPaymentStatus, "Order has been voided");
        }
        catch (Exception exception)
        {
            result ??= new VoidPaymentResult();
            result.AddError(Describe(exception));
        }

        return await ReportAsync(order, "void", "voiding", result.Errors);
    }

    public bool CanVoidOffline(Order order) => order.PaymentStatus == PaymentStatus.Authorized;

    public async Task VoidOfflineAsync(Order order)
    {
        if (!CanVoidOffline(order))
            throw new NopException("You can't void this order");
        await BookVoidAsync(order, PaymentStatus.Voided, "Order has been marked as voided");
    }

    private async Task<IList<string>> RefundOnlineAsync(Order order, decimal amount, bool partial)
    {
        RefundPaymentResult? result = null;
        try
        {
            result = await payments.RefundAsync(new RefundPaymentRequest { Order = order, AmountToRefund = amount, IsPartialRefund = partial });
            if (result.Success)
            {
                var whole = partial && result.NewPaymentStatus == PaymentStatus.PartiallyRefunded && order.RefundedAmount + amount == order.OrderTotal;
                await BookRefundAsync(order, amount, whole ? PaymentStatus.Refunded : result.NewPaymentStatus,
                    string.Create(CultureInfo.InvariantCulture, $"Order has been {(partial ? "partially " : "")}refunded. Amount = {amount}"));
            }
        }
        catch (Exception exception)
        {
            result ??= new RefundPaymentResult();
            result.AddError(Describe(exception));
        }

        return await ReportAsync(order, partial ? "partially refund" : "refund", "refunding", result.Errors);
    }

    private async Task BookRefundAsync(Order order, decimal amount, PaymentStatus status, string note)
    {
        order.RefundedAmount += amount;
        order.PaymentStatus = status;
        await orders.UpdateOrderAsync(order);
        await AddNoteAsync(order, note);
        await events.PublishAsync(new OrderRefundedEvent(order, amount));
        await CheckOrderStatusAsync(order);
        await mails.SendToOwnerAsync("OrderRefunded.StoreOwnerNotification", order);
        await mails.SendToCustomerAsync("OrderRefunded.CustomerNotification", order);
    }

    private async Task BookVoidAsync(Order order, PaymentStatus status, string note)
    {
        order.PaymentStatus = status;
        await orders.UpdateOrderAsync(order);
        await AddNoteAsync(order, note);
        await events.PublishAsync(new OrderVoidedEvent(order));
        await CheckOrderStatusAsync(order);
    }

    private async Task ProcessOrderPaidAsync(Order order)
    {
        await events.PublishAsync(new OrderPaidEvent(order));
        if (order.OrderTotal == 0)
            return;
        await mails.SendToCustomerAsync("OrderPaid.CustomerNotification", order);
        await mails.SendToOwnerAsync("OrderPaid.StoreOwnerNotification", order);
    }

    private async Task<IList<string>> ReportAsync(Order order, string verb, string gerund, IList<string> errors)
    {
        if (errors.Count > 0)
        {
            var all = string.Join("; ", errors);
            await AddNoteAsync(order, $"Unable to {verb} order. {all}");
            await logger.InsertLogAsync(LogLevel.Error, $"Error {gerund} order #{order.Id}. Error: {all}", all);
        }

        return errors;
    }

    private static string Describe(Exception exception) => $"Error: {exception.Message}. Full exception: {exception}";
}
