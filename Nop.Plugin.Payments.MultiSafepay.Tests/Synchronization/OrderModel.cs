using Nop.Core.Domain.Orders;
using Nop.Core.Domain.Payments;
using Nop.Plugin.Payments.MultiSafepay.Payments.Orders;
using Nop.Plugin.Payments.MultiSafepay.Payments.Records;
using Nop.Plugin.Payments.MultiSafepay.Synchronization;

namespace Nop.Plugin.Payments.MultiSafepay.Tests.Synchronization;

/// <summary>
/// An order that takes actions as nopCommerce would, by its published rules and without its services: what nopCommerce refuses throws here, and what is refunded is kept with
/// the decimals of its database.
/// </summary>
internal sealed record OrderModel(OrderSnapshot Order, PaymentRecord Record, int Mails = 0)
{
    public OrderModel Apply(IEnumerable<SyncAction> actions) => actions.Aggregate(this, (model, action) => model.Apply(action));

    public OrderModel Apply(SyncAction action)
    {
        var model = action switch
        {
            SyncAction.Pay pay => Pay(pay),
            SyncAction.Authorize authorize => Authorize(authorize),
            SyncAction.SwitchPayment other => this with { Order = Order with { CaptureTransactionId = other.TransactionId } },
            SyncAction.SwitchAuthorization other => this with { Order = Order with { AuthorizationTransactionId = other.TransactionId } },
            SyncAction.VoidAuthorization => Void(),
            SyncAction.CancelOrder => Cancel(),
            SyncAction.MoveOrder move => Move(move.Status),
            SyncAction.BookRefund refund => Refund(refund),
            SyncAction.RestoreRefund restore => Restore(restore),
            SyncAction.MoveRefund move => this with { Record = Record.With(Record.FindRefund(move.RefundOrderId)! with { State = move.State }) },
            SyncAction.Note => this,
            _ => throw new InvalidOperationException($"Unknown action {action}")
        };
        return model with { Record = model.Record.With(action.Applied) };
    }

    private OrderModel Pay(SyncAction.Pay pay)
    {
        Require(!Order.IsCancelled && Order.PaymentStatus is PaymentStatus.Pending or PaymentStatus.Authorized, pay);
        return this with
        {
            Order = Order with
            {
                PaymentStatus = PaymentStatus.Paid,
                CaptureTransactionId = pay.TransactionId,
                OrderStatus = Order.OrderStatus == OrderStatus.Pending ? OrderStatus.Processing : Order.OrderStatus
            },
            Mails = Mails + 1
        };
    }

    private OrderModel Authorize(SyncAction.Authorize authorize)
    {
        Require(!Order.IsCancelled && Order.PaymentStatus == PaymentStatus.Pending, authorize);
        return this with
        {
            Order = Order with
            {
                PaymentStatus = PaymentStatus.Authorized,
                AuthorizationTransactionId = authorize.TransactionId,
                OrderStatus = Order.OrderStatus == OrderStatus.Pending ? OrderStatus.Processing : Order.OrderStatus
            }
        };
    }

    private OrderModel Void()
    {
        Require(Order.PaymentStatus == PaymentStatus.Authorized, "void");
        return this with { Order = Order with { PaymentStatus = PaymentStatus.Voided } };
    }

    private OrderModel Cancel()
    {
        Require(!Order.IsCancelled, "cancel");
        return this with { Order = Order with { OrderStatus = OrderStatus.Cancelled }, Mails = Mails + 1 };
    }

    private OrderModel Move(OrderStatus status)
    {
        Require(status is OrderStatus.Processing or OrderStatus.Complete, status);
        return Order.IsCancelled || (int)Order.OrderStatus >= (int)status ? this : this with { Order = Order with { OrderStatus = status } };
    }

    private OrderModel Refund(SyncAction.BookRefund refund)
    {
        var model = this with
        {
            Record = Record.FindRefund(refund.RefundOrderId) is { } asked
                ? Record.WithCounted(asked, refund.OrderAmount)
                : Record.With(new AccountedRefund(refund.Amount, refund.OrderAmount) { IsChargeback = refund.IsChargeback, AttemptId = refund.AttemptId })
        };
        Require(refund.Amount > 0 && refund.OrderAmount >= 0 && refund.ToBook >= 0 && refund.ToBook <= refund.OrderAmount, refund);
        if (refund.ToBook == 0)
            return model;

        var refunded = OrderAmounts.Round(Order.RefundedAmount + refund.ToBook);
        Require(Order.PaymentStatus is PaymentStatus.Paid or PaymentStatus.PartiallyRefunded && refunded <= Order.OrderTotal, refund);
        return model with
        {
            Order = Order with
            {
                RefundedAmount = refunded,
                PaymentStatus = refunded == Order.OrderTotal ? PaymentStatus.Refunded : PaymentStatus.PartiallyRefunded
            },
            Mails = Mails + 1
        };
    }

    private OrderModel Restore(SyncAction.RestoreRefund restore)
    {
        var refunded = OrderAmounts.Round(Order.RefundedAmount + restore.Amount);
        Require(Order.HasBeenPaid && restore.Amount > 0 && refunded <= Order.OrderTotal, restore);
        return this with { Order = Order with { RefundedAmount = refunded, PaymentStatus = refunded == Order.OrderTotal ? PaymentStatus.Refunded : PaymentStatus.PartiallyRefunded } };
    }

    private void Require(bool allowed, object what)
    {
        if (!allowed)
            throw new InvalidOperationException($"nopCommerce refuses {what} for {Order}");
    }
}
