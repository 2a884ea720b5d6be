using Nop.Core.Domain.Orders;
using Nop.Core.Domain.Payments;
using Nop.Plugin.Payments.MultiSafepay.Api;
using Nop.Plugin.Payments.MultiSafepay.Checkout.Methods;
using Nop.Plugin.Payments.MultiSafepay.Checkout.Starting;
using Nop.Plugin.Payments.MultiSafepay.Payments.Orders;
using Nop.Plugin.Payments.MultiSafepay.Payments.Records;
using Nop.Plugin.Payments.MultiSafepay.Payments.Transactions;
using Nop.Plugin.Payments.MultiSafepay.Synchronization;
using Nop.Services.Orders;

namespace Nop.Plugin.Payments.MultiSafepay.Subscriptions;

/// <summary>
/// Charges a later order of a subscription with the stored payment details, through the same attempts as every payment: recorded before they are sent, compared with MultiSafepay, and notified of.
/// </summary>
public class SubscriptionCharger(
    PaymentLinkService paymentLinkService,
    Synchronizer synchronizer,
    LockedOrders lockedOrders,
    PaymentReader paymentReader,
    SubscriptionDetails details,
    LaterPayments laterPayments,
    SubscriptionFailures failures,
    IOrderService orderService,
    TimeProvider timeProvider)
{
    /// <summary>Goes on with the payment of an order.</summary>
    /// <param name="first">The first order of the subscription.</param>
    /// <param name="recurring">The subscription.</param>
    /// <param name="number">The number of the order.</param>
    /// <param name="order">The order.</param>
    /// <param name="cancellationToken">Cancels the calls.</param>
    /// <returns>When to look at it again, in UTC; null if it is paid, cancelled or given up.</returns>
    /// <exception cref="MultiSafepayApiException">MultiSafepay gave no usable answer, which is no failure of the payment: the task tries again.</exception>
    /// <exception cref="OrderBusyException">Another caller is working on the order.</exception>
    public async Task<DateTime?> ContinueAsync(LockedOrder first, RecurringPayment recurring, int number, Order order, CancellationToken cancellationToken)
    {
        await RememberAsync(first, number, order, cancellationToken);
        if (await ReadAsync(order, cancellationToken) is not { } before)
            return null;

        // A payment that was begun: what became of it?
        if (before is { IsOpen: true, Record.Current: { IsSavedCard: true, Closed: false } })
        {
            await synchronizer.PullAsync(OrderReference.From(order), allowTerminalActions: true, cancellationToken);
            before = await ReadAsync(order, cancellationToken) ?? before;
        }

        if (!before.IsOpen)
        {
            if (before.IsPaid)
                await laterPayments.TakeOverAsync(first, before.Order, cancellationToken);
            return null;
        }

        if (before.Record.Current is { IsSavedCard: true } current && await OutcomeAsync(before, current, cancellationToken) is { } outcome)
            return outcome.Failure is { } failure ? await failures.RecordAsync(first, recurring, before.Order, failure, cancellationToken) : outcome.LookUtc;
        return await ChargeAsync(first, recurring, before, cancellationToken);
    }

    private async Task<DateTime?> ChargeAsync(LockedOrder first, RecurringPayment recurring, Payment payment, CancellationToken cancellationToken)
    {
        var (order, charge) = (payment.Order, payment.Charge);
        if (charge.IsGivenUp)
            return null;
        var subscription = first.Record.Subscription ?? new SubscriptionRecord();
        if (!subscription.CanCharge)
        {
            return charge.FailedUtc is null
                ? await failures.RecordAsync(first, recurring, order, new ChargeFailure(WhyNot(subscription)), cancellationToken)
                : await failures.FollowAsync(first, recurring, order, cancellationToken);
        }

        if (charge.FailedUtc is not null && !(charge.NextTryUtc <= Now))
            return await failures.FollowAsync(first, recurring, order, cancellationToken);

        var credentials = first.FindCredentials(first.Settings.Environment) ?? throw new PaymentStartException(PaymentStartFailure.NoApiKey);
        if (await details.FindAsync(subscription, credentials, cancellationToken) is not { } card)
            return await failures.RecordAsync(first, recurring, order, new ChargeFailure(nameof(PaymentStartFailure.CardGone)), cancellationToken);
        if (card.IsExpired)
            return await failures.RecordAsync(first, recurring, order, new ChargeFailure(nameof(PaymentStartFailure.CardExpired)), cancellationToken);

        try
        {
            var choice = new MethodChoice { Gateway = card.Code, Card = card, CustomerReference = card.Reference, RecurringModel = RecurringModel.Subscription };
            await paymentLinkService.ChargeAsync(OrderReference.From(order), choice, cancellationToken);
        }
        catch (PaymentStartException exception) when (exception.Failure == PaymentStartFailure.InProgress)
        {
            return Now + PaymentLinkService.CardMayBeUnderWay;
        }
        catch (PaymentStartException exception) when (exception.Failure == PaymentStartFailure.NotPayable)
        {
            // Paid, or cancelled, in the meantime.
            return Now;
        }
        catch (PaymentStartException exception) when (exception.IsOfCard)
        {
            return await failures.RecordAsync(first, recurring, order, ChargeFailure.From(exception), cancellationToken);
        }
        catch (MultiSafepayApiException exception) when (exception is { IsTransient: false, OutcomeUnknown: false, Code: not (MultiSafepayErrorCodes.ApiKey or null) })
        {
            var refused = new ChargeFailure(ChargeFailure.Refused) { Details = FormattableString.Invariant($"{exception.Code} {exception.Info}").Trim() };
            return await failures.RecordAsync(first, recurring, order, refused, cancellationToken);
        }

        // The answer says how it stands, and the same way into the order as for every payment applies it.
        await synchronizer.PullAsync(OrderReference.From(order), allowTerminalActions: true, cancellationToken);
        if (await ReadAsync(order, cancellationToken) is not { IsOpen: true, Record.Current: { } begun } after)
            return null;
        return await OutcomeAsync(after, begun, cancellationToken) is { Failure: { } failure }
            ? await failures.RecordAsync(first, recurring, after.Order, failure, cancellationToken)
            : Now + FollowUpList.FirstComparisonAfter;
    }

    private static string WhyNot(SubscriptionRecord subscription) => subscription.WantsOtherCard ? ChargeFailure.OtherCard : subscription.CardProblem ?? ChargeFailure.NoDetails;

    // What became of a try: it may be under way, or have failed without that being recorded. Null if neither is so, and the next try may follow.
    private async Task<(DateTime? LookUtc, ChargeFailure? Failure)?> OutcomeAsync(Payment payment, PaymentAttempt attempt, CancellationToken cancellationToken)
    {
        var isRecorded = payment.Charge.FailedTries >= payment.Record.Attempts.Count(other => other.IsSavedCard);
        if (attempt.Closed || attempt.State?.IsTerminalUnpaid() == true)
            return isRecorded ? null : (null, await ReasonAsync(payment, attempt, cancellationToken));

        var age = Now - attempt.CreatedUtc;
        return attempt.State switch
        {
            // MultiSafepay does not know it: it was never sent, or is on its way.
            null => age < PaymentLinkService.CardMayBeUnderWay ? (attempt.CreatedUtc + PaymentLinkService.CardMayBeUnderWay, null) : null,

            // The bank wants to see the cardholder, who is not here. A direct debit is begun and takes days.
            TransactionState.Initialized when !SubscriptionMethods.IsBankAccount(attempt.Gateway) => isRecorded ? null : (null, new ChargeFailure(nameof(PaymentStartFailure.CardAuthentication))),
            _ => (Now + FollowUpList.Interval(age), null)
        };
    }

    private async Task<ChargeFailure> ReasonAsync(Payment payment, PaymentAttempt attempt, CancellationToken cancellationToken)
    {
        var transaction = (await paymentReader.PullAsync(payment.Order, payment.Settings, attempt, cancellationToken))?.Whole;
        return CardRefusals.Of(transaction) is { } refusal ? ChargeFailure.From(refusal) : new ChargeFailure(nameof(PaymentStartFailure.CardDeclined));
    }

    private Task RememberAsync(LockedOrder first, int number, Order order, CancellationToken cancellationToken) => lockedOrders.RunAsync(order, async later =>
    {
        if (later.Record.SubscriptionCharge is not null)
            return;

        // nopCommerce writes the address of whoever made it have the order: the server, or the owner. MultiSafepay demands the customer's for cards (error 1007) and judges by it.
        if (!string.IsNullOrEmpty(first.Order.CustomerIp) && later.Order.CustomerIp != first.Order.CustomerIp)
        {
            later.Order.CustomerIp = first.Order.CustomerIp;
            await orderService.UpdateOrderAsync(later.Order);
        }

        await later.SaveAsync(later.Record with { SubscriptionCharge = new SubscriptionCharge { InitialOrderId = first.Order.Id, Number = number } });
    }, cancellationToken);

    private Task<Payment?> ReadAsync(Order order, CancellationToken cancellationToken) => lockedOrders.RunAsync(OrderReference.From(order), later => Task.FromResult(
        later is { Record.SubscriptionCharge: { } charge } ? new Payment(later.Order, later.Record, charge, later.Settings) : null), cancellationToken);

    private DateTime Now => timeProvider.GetUtcNow().UtcDateTime;

    private sealed record Payment(Order Order, PaymentRecord Record, SubscriptionCharge Charge, MultiSafepaySettings Settings)
    {
        public bool IsOpen => Order is { Deleted: false, OrderStatus: not OrderStatus.Cancelled, PaymentStatus: PaymentStatus.Pending };

        public bool IsPaid => Order.PaymentStatus is PaymentStatus.Paid or PaymentStatus.PartiallyRefunded;
    }
}
