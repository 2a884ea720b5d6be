using Nop.Core;
using Nop.Core.Domain.Orders;
using Nop.Core.Domain.Payments;
using Nop.Plugin.Payments.MultiSafepay.Api;
using Nop.Plugin.Payments.MultiSafepay.Payments.Notices;
using Nop.Plugin.Payments.MultiSafepay.Payments.Orders;
using Nop.Plugin.Payments.MultiSafepay.Payments.Records;
using Nop.Services.Customers;
using Nop.Services.Orders;

namespace Nop.Plugin.Payments.MultiSafepay.Subscriptions;

/// <summary>
/// Looks at one subscription for the task: begins it when its first order is paid, has nopCommerce make the next order at its date, and charges that. Everything under the lock of the first order; at
/// most one order is made in one look.
/// </summary>
public class SubscriptionProcessor(
    LockedOrders lockedOrders,
    SubscriptionCycles cycles,
    SubscriptionStart start,
    LaterPayments laterPayments,
    NextOrder nextOrder,
    SubscriptionCharger charger,
    SubscriptionEnd end,
    SubscriptionMails mails,
    IOrderProcessingService orderProcessingService,
    ICustomerService customerService,
    MerchantAlerts alerts,
    OrderNotesAndLog notesAndLog,
    TimeProvider timeProvider)
{
    /// <summary>The kind of the alert about a subscription that was begun in the other environment.</summary>
    public const string OtherEnvironment = "Subscription.OtherEnvironment";

    /// <summary>The kind of the alert about a subscription whose next order nopCommerce does not make.</summary>
    public const string NotMade = "Subscription.NotMade";

    /// <summary>After this time nopCommerce is asked again to make an order that it did not make. No source; chosen.</summary>
    public static readonly TimeSpan NotMadeInterval = TimeSpan.FromHours(6);

    private const string FirstRefunded = "Subscription.FirstRefunded";

    /// <summary>Looks at a subscription.</summary>
    /// <param name="order">Its first order, also if it was deleted, which ends it.</param>
    /// <param name="cancellationToken">Cancels waiting for the lock, and the calls.</param>
    /// <returns>When it is due next, in UTC; null if it has ended, or the order is not the first of a subscription.</returns>
    /// <exception cref="MultiSafepayApiException">MultiSafepay gave no usable answer; the task tries again.</exception>
    /// <exception cref="OrderBusyException">Another caller is working on the order.</exception>
    public Task<DateTime?> LookAsync(Order order, CancellationToken cancellationToken) => lockedOrders.RunAsync(OrderReference.From(order), async locked =>
        locked is null ? null
        : await cycles.RecurringAsync(order.Id) is { } recurring ? await LookAsync(locked, recurring, cancellationToken)
        : await EndWithoutAsync(locked, cancellationToken), cancellationToken);

    // The owner has deleted the recurring payment in nopCommerce; before the first order is paid, nopCommerce may not have added it yet.
    private async Task<DateTime?> EndWithoutAsync(LockedOrder locked, CancellationToken cancellationToken)
    {
        if (locked.Order.PaymentStatus != PaymentStatus.Pending)
            await end.CompleteAsync(locked, cancellationToken);
        return null;
    }

    private async Task<DateTime?> LookAsync(LockedOrder locked, RecurringPayment recurring, CancellationToken cancellationToken)
    {
        if (recurring.IsActive && (locked.Order.Deleted || await customerService.GetCustomerByIdAsync(locked.Order.CustomerId) is null or { Deleted: true }))
            await orderProcessingService.CancelRecurringPaymentAsync(recurring);
        if (!recurring.IsActive || locked.Order.OrderStatus == OrderStatus.Cancelled)
        {
            // An order that a crash has left half made is one of the shop's all the same.
            if (await CompleteLatestAsync(locked.Order.Id, recurring) is { } unfinished)
                return unfinished;
            await laterPayments.ApplyAsync(locked, recurring, cancellationToken);
            await end.CompleteAsync(locked, cancellationToken);
            return null;
        }

        switch (locked.Order.PaymentStatus)
        {
            case PaymentStatus.Pending or PaymentStatus.Authorized:
                return Now + FollowUpList.Interval(Now - locked.Order.CreatedOnUtc);
            // Once: the owner may resume it.
            case PaymentStatus.Refunded or PaymentStatus.Voided when locked.Record.Subscription is not { IsPaused: true } && !locked.Record.Has(AppliedEvents.Noted(FirstRefunded)):
                await PauseAsync(locked);
                break;
        }

        if (locked.Record.Subscription?.StartedUtc is null)
            await start.BeginAsync(locked, recurring, cancellationToken);
        await laterPayments.ApplyAsync(locked, recurring, cancellationToken);
        if (recurring.IsActive && await ContinueLatestAsync(locked, recurring, cancellationToken) is { } open)
            return open;

        if (await orderProcessingService.GetNextPaymentDateAsync(recurring) is not { } date)
        {
            await end.CompleteAsync(locked, cancellationToken);
            return null;
        }

        if (locked.Record.Subscription is { IsPaused: true })
            return Now + SubscriptionDates.LongestInterval;
        return date > Now ? await AnnounceAsync(locked, date) : await MakeAsync(locked, recurring, cancellationToken);
    }

    // The latest order: is it there, complete, paid? Null if nothing is left to do about it.
    private async Task<DateTime?> ContinueLatestAsync(LockedOrder locked, RecurringPayment recurring, CancellationToken cancellationToken)
    {
        if (await LatestAsync(locked.Order.Id) is not { Cycle: var cycle, Order: var order })
            return null;
        if (order is null)
            return await nextOrder.ReleaseAsync(cycle);
        return await nextOrder.CompleteAsync(recurring, cycle, order) ?? await charger.ContinueAsync(locked, recurring, cycle.Number, order, cancellationToken);
    }

    private async Task<DateTime?> CompleteLatestAsync(int initialOrderId, RecurringPayment recurring) =>
        await LatestAsync(initialOrderId) is { Cycle: var cycle, Order: { } order } ? await nextOrder.CompleteAsync(recurring, cycle, order) : null;

    private async Task<(MultiSafepaySubscriptionCycle Cycle, Order? Order)?> LatestAsync(int initialOrderId) =>
        await cycles.LatestAsync(initialOrderId) is { } cycle ? (cycle, await nextOrder.FindAsync(cycle)) : null;

    private async Task<DateTime?> MakeAsync(LockedOrder locked, RecurringPayment recurring, CancellationToken cancellationToken)
    {
        if (await cycles.LatestAsync(locked.Order.Id) is { } latest && Now - latest.CreatedOnUtc < SubscriptionDates.ShortestInterval)
            return latest.CreatedOnUtc + SubscriptionDates.ShortestInterval;

        // Payments of the test environment must not become payments of the live one, nor the customers be asked for them.
        if (SubscriptionDetails.PaidBy(locked) is { } paid && paid.Environment != locked.Settings.Environment)
        {
            await TellAsync(locked, OtherEnvironment);
            return Now + FollowUpList.LongestInterval;
        }

        try
        {
            await nextOrder.MakeAsync(locked, recurring);
        }
        catch (NopException exception)
        {
            // nopCommerce says why in the log only, such as that the country of the address is not sold to any more.
            await TellAsync(locked, NotMade, exception.Message.TrimEnd('.'));
            return Now + NotMadeInterval;
        }

        await alerts.DismissAsync(locked.Order, NotMade);

        // The next look says when it is due.
        return await ContinueLatestAsync(locked, recurring, cancellationToken) ?? Now + FollowUpList.FirstComparisonAfter;
    }

    // Tells the owner once why there is no next order: with an alert, and a note for each reason.
    private async Task TellAsync(LockedOrder locked, string kind, params string[] reason)
    {
        var noted = AppliedEvents.Noted(string.Join(':', [kind, .. reason]));
        if (await alerts.RaiseAsync(locked.Order, kind) && !locked.Record.Has(noted) && await notesAndLog.NoteAsync(locked.Order, kind, reason))
            await locked.SaveAsync(locked.Record.With(noted));
    }

    private async Task<DateTime> AnnounceAsync(LockedOrder locked, DateTime date)
    {
        var subscription = locked.Record.Subscription ?? new SubscriptionRecord();
        if (subscription is { CanCharge: true, ExpiryMonth: { } month } && subscription.ExpiryTold != month && DateOnly.FromDateTime(date) >= month.AddMonths(1))
        {
            await locked.SaveAsync(locked.Record with { Subscription = subscription = subscription with { ExpiryTold = month } });
            await mails.TellOfExpiryAsync(locked, date);
            await notesAndLog.NoteAsync(locked.Order, "Subscription.CardExpires");
        }

        // The e-mail says that the customer has nothing to do, which is wrong if the payment is made by link.
        if (subscription.CanCharge && locked.Settings.SubscriptionNoticeDays is > 0 and var days && subscription.AnnouncedUtc != date)
        {
            if (date.AddDays(-days) is var notice && notice > Now)
                return Earlier(notice, Now + SubscriptionDates.LongestInterval);
            await locked.SaveAsync(locked.Record with { Subscription = subscription with { AnnouncedUtc = date } });
            await mails.AnnounceAsync(locked, date);
        }

        return Earlier(date, Now + SubscriptionDates.LongestInterval);
    }

    private async Task PauseAsync(LockedOrder locked)
    {
        var subscription = (locked.Record.Subscription ?? new SubscriptionRecord()) with { IsPaused = true };
        await locked.SaveAsync(locked.Record.With(AppliedEvents.Noted(FirstRefunded)) with { Subscription = subscription });
        await notesAndLog.NoteAsync(locked.Order, FirstRefunded);
    }

    private static DateTime Earlier(DateTime one, DateTime other) => one < other ? one : other;

    private DateTime Now => timeProvider.GetUtcNow().UtcDateTime;
}
