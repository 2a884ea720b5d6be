using Nop.Core.Domain.Orders;
using Nop.Core.Domain.Payments;
using Nop.Plugin.Payments.MultiSafepay.Api;
using Nop.Plugin.Payments.MultiSafepay.Payments.Notices;
using Nop.Plugin.Payments.MultiSafepay.Payments.Orders;
using Nop.Plugin.Payments.MultiSafepay.Payments.Records;
using Nop.Plugin.Payments.MultiSafepay.Payments.Transactions;
using Nop.Services.Orders;

namespace Nop.Plugin.Payments.MultiSafepay.Synchronization.ReturnPage;

/// <summary>The outcome of <see cref="CartRestoration.RestoreAsync"/>.</summary>
public enum CartRestorationOutcome
{
    /// <summary>The items are in the cart.</summary>
    Restored,

    /// <summary>Some items are not in the cart, because they are not available any more.</summary>
    PartlyRestored,

    /// <summary>The order is paid, may still be paid, or its items were put back before. Nothing was changed.</summary>
    NotPossible
}

/// <summary>
/// Puts the items of an order that was not paid back into the customer's cart, once. An order that is still pending is cancelled first, so that its stock and its discount are available again
/// and its payment link is closed: the customer will pay for a new order, and must not pay for both.
/// </summary>
public class CartRestoration(OrderSettings orderSettings, Synchronizer synchronizer, LockedOrders lockedOrders, IOrderProcessingService orderProcessingService, OrderNotesAndLog notesAndLog)
{
    /// <summary>Whether the customer can be offered this. The payment record is decisive; MultiSafepay is asked only when the customer chooses it.</summary>
    /// <param name="order">The order, which is the customer's.</param>
    /// <param name="record">Its payment record.</param>
    public bool IsOffered(Order order, PaymentRecord record) => orderSettings.IsReOrderAllowed && IsPossible(order, record);

    /// <summary>Puts the items back.</summary>
    /// <param name="order">The order. The caller has checked that it is the current customer's.</param>
    /// <param name="cancellationToken">Cancels waiting for the lock, and the question to MultiSafepay.</param>
    /// <exception cref="OrderBusyException">Another caller is working on the order.</exception>
    /// <exception cref="MultiSafepayApiException">MultiSafepay could not be asked whether a pending order was paid. Nothing was changed.</exception>
    /// <exception cref="System.Text.Json.JsonException">The payment record cannot be read. Nothing was changed.</exception>
    public async Task<CartRestorationOutcome> RestoreAsync(Order order, CancellationToken cancellationToken)
    {
        if (!orderSettings.IsReOrderAllowed)
            return CartRestorationOutcome.NotPossible;
        var reference = OrderReference.From(order);
        if (order is { OrderStatus: not OrderStatus.Cancelled, PaymentStatus: PaymentStatus.Pending })
            await synchronizer.PullAsync(reference, allowTerminalActions: false, cancellationToken);

        return await lockedOrders.RunAsync(reference, async locked =>
        {
            if (locked is null || !IsPossible(locked.Order, locked.Record))
                return CartRestorationOutcome.NotPossible;

            await locked.ClaimAsync();
            await locked.ReadOrderAgainAsync();
            if (!IsPossible(locked.Order, locked.Record))
            {
                await locked.ReleaseClaimAsync();
                return CartRestorationOutcome.NotPossible;
            }

            if (locked.Order.OrderStatus != OrderStatus.Cancelled)
            {
                await orderProcessingService.CancelOrderAsync(locked.Order, notifyCustomer: true);

                // The cancellation has closed the payment attempt in the record.
                await locked.ReadRecordAgainAsync();
            }

            // Saved before the items are put back: pressing the button twice must not put them into the cart twice. If the shop crashes in between, nopCommerce's own "Re-order" remains.
            await locked.SaveAsync(locked.Record.With(AppliedEvents.CartRestored) with { Claim = null });
            await notesAndLog.NoteAsync(locked.Order, "CartRestored");
            return (await orderProcessingService.ReOrderAsync(locked.Order)).Count == 0 ? CartRestorationOutcome.Restored : CartRestorationOutcome.PartlyRestored;
        }, cancellationToken);
    }

    /// <summary>Whether the order's payment has ended without money, so that its items can be put back. A pure function.</summary>
    internal static bool IsPossible(Order order, PaymentRecord record) =>
        !order.Deleted && !record.Has(AppliedEvents.CartRestored) && record.Attempts.Count > 0 && !record.Attempts.Any(attempt => attempt.HoldsMoney) && order switch
        {
            { OrderStatus: OrderStatus.Cancelled } => order.PaymentStatus is PaymentStatus.Pending or PaymentStatus.Voided,
            { OrderStatus: OrderStatus.Pending, PaymentStatus: PaymentStatus.Pending } => record.Current?.State?.IsTerminalUnpaid() == true,
            _ => false
        };
}
