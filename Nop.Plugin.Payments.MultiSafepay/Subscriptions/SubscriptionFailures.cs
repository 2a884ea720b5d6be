using System.Globalization;
using Nop.Core.Domain.Orders;
using Nop.Plugin.Payments.MultiSafepay.Api;
using Nop.Plugin.Payments.MultiSafepay.Checkout.Starting;
using Nop.Plugin.Payments.MultiSafepay.Payments.Notices;
using Nop.Plugin.Payments.MultiSafepay.Payments.Orders;
using Nop.Plugin.Payments.MultiSafepay.Payments.Records;
using Nop.Plugin.Payments.MultiSafepay.Payments.Stores;
using Nop.Services.Orders;

namespace Nop.Plugin.Payments.MultiSafepay.Subscriptions;

/// <summary>
/// What follows from a payment of a subscription that has failed: the next try, the customer's e-mail with a payment link, and in the end what the owner wants. nopCommerce's
/// <see cref="RecurringPayment.LastPaymentFailed"/> is left alone, because its <em>Retry last payment</em> would make the next order instead.
/// </summary>
public class SubscriptionFailures(
    LockedOrders lockedOrders,
    PaymentLinkService paymentLinkService,
    PaymentLinkMail paymentLinkMail,
    SubscriptionMails mails,
    IOrderProcessingService orderProcessingService,
    MerchantAlerts alerts,
    OrderNotesAndLog notesAndLog,
    TimeProvider timeProvider)
{
    /// <summary>The kind of the alert about a subscription whose payment has failed for the last time.</summary>
    public const string Failed = "Subscription.Failed";

    /// <summary>Records a failure and does what follows at once.</summary>
    /// <param name="first">The first order of the subscription.</param>
    /// <param name="recurring">The subscription.</param>
    /// <param name="order">The order that could not be charged.</param>
    /// <param name="failure">Why.</param>
    /// <param name="cancellationToken">Cancels the calls.</param>
    /// <returns>When to look again, in UTC; null if nothing more is done about the order.</returns>
    public async Task<DateTime?> RecordAsync(LockedOrder first, RecurringPayment recurring, Order order, ChargeFailure failure, CancellationToken cancellationToken)
    {
        // First, so that a shop that stops in between does not charge the details once more.
        if (!failure.MayRetry && first.Record.Subscription is { CardProblem: null } subscription)
            await first.SaveAsync(first.Record with { Subscription = subscription with { CardProblem = failure.Reason, WantsOtherCard = false } });

        var days = SubscriptionRetries.Parse(first.Settings.SubscriptionRetryDays);
        DateTime? nextTry = null;
        await lockedOrders.RunAsync(order, async later =>
        {
            if (later.Record.SubscriptionCharge is not { } charge)
                return;
            var failed = charge.FailedUtc ?? Now;
            nextTry = failure.MayRetry ? days.Select(day => (DateTime?)failed.AddDays(day)).FirstOrDefault(at => at > Now) : null;
            await later.SaveAsync(later.Record with
            {
                SubscriptionCharge = charge with
                {
                    Failure = failure.Reason,
                    FailedUtc = failed,
                    FailedTries = later.Record.Attempts.Count(attempt => attempt.IsSavedCard),
                    NextTryUtc = nextTry,
                    IsLinkDue = true
                }
            });
        }, cancellationToken);

        if (failure.Reason == ChargeFailure.OtherCard)
            return await FollowAsync(first, recurring, order, cancellationToken);
        var reason = failure.Details ?? (await notesAndLog.WordsAsync(order, $"Subscription.Failure.{failure.Reason}")).TrimEnd('.');
        if (nextTry is { } next)
            await notesAndLog.NoteAsync(order, "Subscription.TriedAgain", reason, next.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
        else
            await notesAndLog.NoteAsync(order, "Subscription.ByLink", reason);
        return await FollowAsync(first, recurring, order, cancellationToken);
    }

    /// <summary>Does what is left to do after a failure.</summary>
    /// <inheritdoc cref="RecordAsync" path="/param[@name != 'failure']"/>
    /// <inheritdoc cref="RecordAsync" path="/returns"/>
    public async Task<DateTime?> FollowAsync(LockedOrder first, RecurringPayment recurring, Order order, CancellationToken cancellationToken)
    {
        if (await ReadAsync(order, cancellationToken) is not { FailedUtc: { } failed } charge || charge.IsGivenUp)
            return null;
        if (charge.IsLinkDue)
            await SendLinkAsync(order, cancellationToken);

        // A card that may be tried again is given up with its last try; a customer who can only pay by link gets the same time.
        var days = SubscriptionRetries.Parse(first.Settings.SubscriptionRetryDays);
        var canCharge = first.Record.Subscription is { CanCharge: true };
        var nextTry = canCharge ? charge.NextTryUtc : null;
        var hasFailedForGood = canCharge && nextTry is null && days.Count > 0;
        var ends = hasFailedForGood ? failed : failed + SubscriptionRetries.LastAfter(days);
        if (nextTry is null && ends <= Now)
        {
            await GiveUpAsync(first, recurring, order, cancellationToken);
            return null;
        }

        var look = Now + FollowUpList.Interval(Now - failed);
        return new[] { look, nextTry ?? ends }.Min();
    }

    /// <summary>
    /// Does what follows when the bank has taken payments back: the details are not charged any more, because whoever has a payment returned has not agreed to the next one, and what the owner wants
    /// after the last failure is done. The owner has been alerted of the chargeback itself. No source: MultiSafepay does not say whether a token may be charged after a chargeback; chosen.
    /// </summary>
    /// <param name="first">The first order of the subscription.</param>
    /// <param name="recurring">The subscription, which is active.</param>
    /// <param name="orders">The orders whose payments came back.</param>
    /// <param name="all">The ids of these and of the earlier ones.</param>
    public async Task ChargedBackAsync(LockedOrder first, RecurringPayment recurring, IEnumerable<Order> orders, IReadOnlyList<int> all)
    {
        var subscription = first.Record.Subscription ?? new SubscriptionRecord();
        await first.SaveAsync(first.Record with { Subscription = subscription with { ChargedBack = all, CardProblem = ChargeFailure.ChargedBack, WantsOtherCard = false } });
        foreach (var number in orders.Select(order => order.CustomOrderNumber))
        {
            await notesAndLog.NoteAsync(first.Order, "Subscription.ChargedBack", number);
            if (first.Settings.SubscriptionFailure != SubscriptionFailurePolicy.Continue)
                await notesAndLog.NoteAsync(first.Order, $"Subscription.GivenUp.{first.Settings.SubscriptionFailure}", number);
        }

        await ApplyPolicyAsync(first, recurring);
    }

    private async Task SendLinkAsync(Order order, CancellationToken cancellationToken)
    {
        try
        {
            var url = await paymentLinkService.StartAsync(OrderReference.From(order), cancellationToken);
            var record = await lockedOrders.RecordAsync(order);

            // Nothing was charged: who wants to use another card, or has had a payment returned, has not failed at anything.
            var template = record.SubscriptionCharge?.Failure is ChargeFailure.OtherCard or ChargeFailure.ChargedBack ? CustomerMailTemplates.PaymentLink : CustomerMailTemplates.SubscriptionFailed;
            if (record.Current is { } attempt && await paymentLinkMail.SendAsync(order, attempt, url, template) is not null)
                await notesAndLog.TellCustomerAsync(order, "LinkSent");
            await lockedOrders.RunAsync(order, later => later.Record.SubscriptionCharge is { } charge
                ? later.SaveAsync(later.Record with { SubscriptionCharge = charge with { IsLinkDue = false } })
                : Task.CompletedTask, cancellationToken);
        }
        catch (Exception exception) when (exception is MultiSafepayApiException or PaymentStartException)
        {
            await notesAndLog.WarnAsync(FormattableString.Invariant($"order {order.Id}: the customer could not be sent a payment link yet. {exception.Message}"));
        }
    }

    private async Task GiveUpAsync(LockedOrder first, RecurringPayment recurring, Order order, CancellationToken cancellationToken)
    {
        await notesAndLog.NoteAsync(first.Order, $"Subscription.GivenUp.{first.Settings.SubscriptionFailure}", order.CustomOrderNumber);
        await alerts.RaiseAsync(first.Order, Failed);
        await ApplyPolicyAsync(first, recurring);
        await lockedOrders.RunAsync(order, later => later.Record.SubscriptionCharge is { } charge
            ? later.SaveAsync(later.Record with { SubscriptionCharge = charge with { IsGivenUp = true } })
            : Task.CompletedTask, cancellationToken);
    }

    private async Task ApplyPolicyAsync(LockedOrder first, RecurringPayment recurring)
    {
        switch (first.Settings.SubscriptionFailure)
        {
            case SubscriptionFailurePolicy.Pause when first.Record.Subscription is { } subscription:
                await first.SaveAsync(first.Record with { Subscription = subscription with { IsPaused = true } });
                break;
            case SubscriptionFailurePolicy.Cancel:
                await orderProcessingService.CancelRecurringPaymentAsync(recurring);
                await mails.TellOfEndAsync(first, Now);
                break;
        }
    }

    private Task<SubscriptionCharge?> ReadAsync(Order order, CancellationToken cancellationToken) =>
        lockedOrders.RunAsync(OrderReference.From(order), later => Task.FromResult(later?.Record.SubscriptionCharge), cancellationToken);

    private DateTime Now => timeProvider.GetUtcNow().UtcDateTime;
}
