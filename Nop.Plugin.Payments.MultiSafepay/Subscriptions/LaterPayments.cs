using Nop.Core.Domain.Orders;
using Nop.Plugin.Payments.MultiSafepay.Api;
using Nop.Plugin.Payments.MultiSafepay.Payments.Notices;
using Nop.Plugin.Payments.MultiSafepay.Payments.Orders;
using Nop.Plugin.Payments.MultiSafepay.Payments.Records;
using Nop.Services.Orders;

namespace Nop.Plugin.Payments.MultiSafepay.Subscriptions;

/// <summary>
/// What has become of the payments of a subscription's orders, and means for the next ones: the customer has paid one by link, with other payment details, or the bank has taken one back.
/// </summary>
public class LaterPayments(
    SubscriptionDetails details,
    SubscriptionFailures failures,
    LockedOrders lockedOrders,
    PaymentRecordStore recordStore,
    IOrderService orderService,
    MerchantAlerts alerts,
    OrderNotesAndLog notesAndLog)
{
    /// <summary>Applies what has happened to the orders since the last look, also to earlier ones than the latest.</summary>
    /// <param name="first">The first order.</param>
    /// <param name="recurring">The subscription, active or not.</param>
    /// <param name="cancellationToken">Cancels the calls.</param>
    /// <exception cref="MultiSafepayApiException">MultiSafepay gave no usable answer; the task tries again.</exception>
    /// <exception cref="OrderBusyException">Another caller is working on an order.</exception>
    public async Task ApplyAsync(LockedOrder first, RecurringPayment recurring, CancellationToken cancellationToken)
    {
        var ids = (await orderService.GetRecurringPaymentHistoryAsync(recurring)).Select(row => row.OrderId).ToList();
        var records = (await recordStore.LoadAsync(ids)).OrderBy(pair => pair.Key).ToList();
        foreach (var (id, _) in records.Where(pair => HasOtherDetails(pair.Value)))
        {
            if (await orderService.GetOrderByIdAsync(id) is { } order)
                await TakeOverAsync(first, order, cancellationToken);
        }

        if (!recurring.IsActive)
            return;
        var known = first.Record.Subscription?.ChargedBack ?? [];
        var chargedBack = records.Where(pair => pair.Value.Applied.Any(applied => applied.StartsWith(AppliedEvents.ChargebackPrefix, StringComparison.Ordinal))).Select(pair => pair.Key).ToList();
        if (chargedBack.Except(known).ToList() is { Count: > 0 } newer)
            await failures.ChargedBackAsync(first, recurring, await orderService.GetOrdersByIdsAsync([.. newer]), [.. known, .. newer]);
    }

    /// <summary>Takes over the details of the customer's own payment of a later order, in place of those that could not be charged.</summary>
    /// <param name="first">The first order.</param>
    /// <param name="order">The later order, which is paid.</param>
    /// <param name="cancellationToken">Cancels the calls.</param>
    /// <exception cref="MultiSafepayApiException">MultiSafepay gave no usable answer.</exception>
    public Task TakeOverAsync(LockedOrder first, Order order, CancellationToken cancellationToken) => lockedOrders.RunAsync(order, async later =>
    {
        if (later.Record.SubscriptionCharge is not { IsCardTaken: false } charge || SubscriptionDetails.PaidBy(later) is not { } paid)
            return;
        if (paid is { IsSavedCard: false, IsSubscription: true } && await details.OfPaymentAsync(later, cancellationToken) is { } card)
        {
            var known = first.Record.Subscription ?? new SubscriptionRecord();
            if (known.CardId is not null && known.CardId != card.Id && later.FindCredentials(paid) is { } credentials)
                await details.RemoveAsync(first.Order, known, credentials, cancellationToken);
            await first.SaveAsync(first.Record with { Subscription = SubscriptionDetails.With(known, card) });
            await notesAndLog.NoteAsync(first.Order, "Subscription.CardTaken", SubscriptionDetails.MeansOf(card).ToString());
            await alerts.DismissAsync(first.Order, SubscriptionStart.NoDetails);
        }

        await later.SaveAsync(later.Record with { SubscriptionCharge = charge with { IsCardTaken = true } });
    }, cancellationToken);

    private static bool HasOtherDetails(PaymentRecord record) => record.SubscriptionCharge is { IsCardTaken: false }
        && record.Attempts.Any(attempt => attempt is { IsSubscription: true, IsSavedCard: false } && record.Has(AppliedEvents.Paid(attempt.TransactionId)));
}
