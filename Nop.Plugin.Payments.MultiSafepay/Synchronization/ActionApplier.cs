using System.Globalization;
using Nop.Core.Domain.Orders;
using Nop.Core.Events;
using Nop.Plugin.Payments.MultiSafepay.Api;
using Nop.Plugin.Payments.MultiSafepay.Payments;
using Nop.Plugin.Payments.MultiSafepay.Payments.Notices;
using Nop.Plugin.Payments.MultiSafepay.Payments.Orders;
using Nop.Plugin.Payments.MultiSafepay.Payments.Records;
using Nop.Services.Orders;

namespace Nop.Plugin.Payments.MultiSafepay.Synchronization;

/// <summary>
/// Applies the actions of <see cref="Decision"/> with nopCommerce's own operations, so that e-mails, stock, events and reward points follow, and records each
/// action right after it was applied. Must be called under the order's lock.
/// </summary>
public class ActionApplier(
    IOrderProcessingService orderProcessingService,
    IOrderService orderService,
    IEventPublisher eventPublisher,
    Deferred<OrderReopener> reopener,
    Deferred<ILatePaymentRefund> latePaymentRefund,
    Deferred<MerchantAlerts> alerts,
    OrderNotesAndLog notesAndLog)
{
    /// <summary>Applies one action to the order and records it. A note that could not be written is not recorded, so the next synchronization writes it.</summary>
    /// <param name="locked">The order.</param>
    /// <param name="action">The action.</param>
    /// <param name="finish">What else to record with the action.</param>
    /// <param name="cancellationToken">Cancels calls to the API.</param>
    /// <exception cref="InvalidOperationException">nopCommerce does not allow the action in the order's current state.</exception>
    /// <exception cref="MultiSafepayApiException">MultiSafepay rejected the refund of a late payment, or gave no usable answer.</exception>
    public async Task ApplyAsync(LockedOrder locked, SyncAction action, Func<PaymentRecord, PaymentRecord> finish, CancellationToken cancellationToken)
    {
        var order = locked.Order;
        switch (action)
        {
            case SyncAction.Pay pay when orderProcessingService.CanMarkOrderAsPaid(order):
                // nopCommerce saves the whole order, so the id is saved together with the status.
                order.CaptureTransactionId = pay.TransactionId;
                await orderProcessingService.MarkOrderAsPaidAsync(order);
                break;

            case SyncAction.Authorize authorize when orderProcessingService.CanMarkOrderAsAuthorized(order):
                order.AuthorizationTransactionId = authorize.TransactionId;
                await orderProcessingService.MarkAsAuthorizedAsync(order);
                break;

            case SyncAction.SwitchPayment other:
                order.CaptureTransactionId = other.TransactionId;
                await orderService.UpdateOrderAsync(order);
                break;

            case SyncAction.SwitchAuthorization other:
                order.AuthorizationTransactionId = other.TransactionId;
                await orderService.UpdateOrderAsync(order);
                break;

            case SyncAction.VoidAuthorization when orderProcessingService.CanVoidOffline(order):
                await orderProcessingService.VoidOfflineAsync(order);
                break;

            case SyncAction.CancelOrder when orderProcessingService.CanCancelOrder(order):
                await orderProcessingService.CancelOrderAsync(order, notifyCustomer: true);

                // The cancellation of the order has closed the payment attempt in the record.
                await locked.ReadRecordAgainAsync();
                break;

            case SyncAction.ReopenOrder:
                if (!await reopener.Value.TryReopenAsync(locked, action.Applied))
                    await notesAndLog.WarnAsync(string.Create(CultureInfo.InvariantCulture, $"order {order.Id} was paid after it was cancelled, and could not be opened again: "
                        + $"it was deleted, or its stock or a gift card does not allow it."));
                break;

            case SyncAction.RefundPayment refund:
                await GiveBackAsync(locked, refund, cancellationToken);
                break;

            case SyncAction.MoveOrder move:
                await MoveAsync(order, move.Status);
                break;

            case SyncAction.BookRefund or SyncAction.RestoreRefund or SyncAction.MoveRefund:
                await locked.SaveAsync(finish((await ApplyRefundAsync(order, locked.Record, action)).With(action.Applied)));
                return;

            case SyncAction.Note note:
                if (!await TellAsync(order, note))
                    return;
                break;

            default:
                throw new InvalidOperationException(FormattableString.Invariant($"Order {order.Id}: nopCommerce refuses {action.GetType().Name} ({order.OrderStatus}, {order.PaymentStatus})."));
        }

        await locked.SaveAsync(finish(locked.Record.With(action.Applied)));
    }

    private async Task<PaymentRecord> ApplyRefundAsync(Order order, PaymentRecord record, SyncAction action)
    {
        switch (action)
        {
            case SyncAction.BookRefund refund:
                await BookAsync(order, refund.ToBook);
                return record.FindRefund(refund.RefundOrderId) is { } asked
                    ? record.WithCounted(asked, refund.OrderAmount)
                    : record.With(new AccountedRefund(refund.Amount, refund.OrderAmount) { IsChargeback = refund.IsChargeback, AttemptId = refund.AttemptId });
            case SyncAction.RestoreRefund restore:
                await BookAsync(order, restore.Amount);
                return record;
            case SyncAction.MoveRefund move when record.FindRefund(move.RefundOrderId) is { } moved:
                return record.With(moved with { State = move.State, TransactionId = move.TransactionId ?? moved.TransactionId });
            default:
                return record;
        }
    }

    // Notes and alerts must not prevent money from being booked. If one cannot be written, it is not recorded and is therefore written with the next synchronization.
    private async Task<bool> TellAsync(Order order, SyncAction.Note note)
    {
        var isTold = !note.IsWarning || await alerts.Value.RaiseAsync(order, note.Resource);
        if (note.IsWarning)
            await notesAndLog.WarnAsync(FormattableString.Invariant($"order {order.Id}: {note.Resource} ({string.Join(", ", note.Arguments.Select(OrderNotesAndLog.Clean))})"));
        return await notesAndLog.NoteAsync(order, note.Resource, [.. note.Arguments]) && isTold;
    }

    private async Task GiveBackAsync(LockedOrder locked, SyncAction.RefundPayment refund, CancellationToken cancellationToken)
    {
        // Saved before the call: if the shop crashes in between, it finds a refunded payment and still has to notify the owner of the reason.
        if (!locked.Record.Has(refund.Requested))
            await locked.SaveAsync(locked.Record.With(refund.Requested));
        try
        {
            await latePaymentRefund.Value.GiveBackAsync(locked.Order, locked.Record, refund, cancellationToken);
        }
        catch (MultiSafepayApiException)
        {
            await alerts.Value.RaiseAsync(locked.Order, MerchantAlerts.RefundFailed);
            throw;
        }

        await alerts.Value.DismissAsync(locked.Order, MerchantAlerts.RefundFailed);
    }

    // nopCommerce has no operation for this. The code does what the admin page does for "change status", and also publishes the event.
    private async Task MoveAsync(Order order, OrderStatus status)
    {
        if (order.OrderStatus == OrderStatus.Cancelled || (int)order.OrderStatus >= (int)status)
            return;

        var previous = order.OrderStatus;
        order.OrderStatus = status;
        await orderService.UpdateOrderAsync(order);
        await eventPublisher.PublishAsync(new OrderStatusChangedEvent(order, previous));
    }

    private async Task BookAsync(Order order, decimal amount)
    {
        if (amount <= 0)
            return;
        if (order.RefundedAmount == 0 && OrderAmounts.IsAtLeast(amount, order.OrderTotal) && orderProcessingService.CanRefundOffline(order))
            await orderProcessingService.RefundOfflineAsync(order);
        else
            await orderProcessingService.PartiallyRefundOfflineAsync(order, amount);
    }
}
