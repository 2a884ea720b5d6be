using Nop.Core.Domain.Orders;
using Nop.Core.Domain.Payments;
using Nop.Data;
using Nop.Plugin.Payments.MultiSafepay.Payments.Orders;
using Nop.Plugin.Payments.MultiSafepay.Payments.Records;
using Nop.Plugin.Payments.MultiSafepay.Payments.Transactions;
using Nop.Services.Orders;

namespace Nop.Plugin.Payments.MultiSafepay.Subscriptions;

/// <summary>How a subscription stands, for people; the names are the ends of the texts' keys below <c>Subscription.State.</c></summary>
public enum SubscriptionState
{
    /// <summary>Its first order is not paid yet.</summary>
    Waiting,

    /// <summary>The next payment is made by itself.</summary>
    Active,

    /// <summary>No further orders are made until the owner resumes it.</summary>
    Paused,

    /// <summary>The payment of its latest order failed, and the order is still open.</summary>
    Failing,

    /// <summary>It goes on, but there are no payment details that can be charged: the customer is sent a payment link.</summary>
    NoDetails,

    /// <summary>It was cancelled, or all its payments are made.</summary>
    Ended
}

/// <summary>A subscription at one moment.</summary>
/// <param name="Order">Its first order.</param>
/// <param name="Record">The payment record of that order.</param>
/// <param name="Recurring">The recurring payment in nopCommerce.</param>
/// <param name="State">How it stands.</param>
public sealed record SubscriptionSummary(Order Order, PaymentRecord Record, RecurringPayment Recurring, SubscriptionState State)
{
    /// <summary>The payment method with which the next payments are made; null if there are no payment details that can be charged.</summary>
    public PaymentMeans? Means { get; init; }

    /// <summary>Whether MultiSafepay stores payment details for it, as far as the shop knows, even if they cannot be charged.</summary>
    public bool HasDetails { get; init; }

    /// <summary>Why the payment details are not charged, as the end of a key below <c>Subscription.Failure.</c>; null if they are, and for a subscription that has not begun.</summary>
    public string? Problem { get; init; }

    /// <summary>The date of the next payment, in UTC; null if there is none while the subscription waits for its first payment, is paused, or has ended.</summary>
    public DateTime? NextUtc { get; init; }

    /// <summary>The number of payments that are not made yet; 0 if it has ended.</summary>
    public int Left { get; init; }

    /// <summary>The number that the next order will have; the first order is 1.</summary>
    public int NextNumber { get; init; }

    /// <summary>The latest of the later orders; null if there is only the first one.</summary>
    public Order? LatestOrder { get; init; }

    /// <summary>What is recorded about the payment of <see cref="LatestOrder"/>: why it failed, when it is tried again, if it can be; null if nothing is.</summary>
    public SubscriptionCharge? LatestCharge { get; init; }

    /// <summary>Whether <see cref="LatestOrder"/> is neither paid nor cancelled.</summary>
    public bool IsLatestOpen => LatestOrder is not null && IsOpen(LatestOrder);

    /// <summary>Whether a payment of the first order or the latest is under way: a direct debit takes days, a payment may be under review. The customer must not pay a second time.</summary>
    public bool IsUnderWay { get; init; }

    /// <summary>The order that the customer can pay now, the first one or the latest; null if there is none, or its payment is under way.</summary>
    public Order? OpenOrder => (LatestOrder ?? Order) is var order && IsOpen(order) && !IsUnderWay ? order : null;

    /// <summary>Whether the next order can be made now, also before its date: not while the latest one waits for its payment, unless that was given up.</summary>
    public bool CanChargeNow => NextUtc is not null && (!IsLatestOpen || LatestCharge is { IsGivenUp: true });

    private static bool IsOpen(Order order) => order is { Deleted: false, OrderStatus: not OrderStatus.Cancelled, PaymentStatus: PaymentStatus.Pending };
}

/// <summary>Reads how subscriptions stand, for the pages of the owner and the customer. It changes nothing and makes no API call.</summary>
public class SubscriptionOverview(
    SubscriptionCycles cycles,
    NextOrder nextOrder,
    PaymentRecordStore recordStore,
    IRepository<RecurringPaymentHistory> history,
    IOrderService orderService,
    IOrderProcessingService orderProcessingService)
{
    /// <summary>Reads a subscription.</summary>
    /// <param name="order">Its first order.</param>
    /// <param name="record">The payment record of that order.</param>
    /// <returns>The subscription; null if the order is not the first of one.</returns>
    public async Task<SubscriptionSummary?> FindAsync(Order order, PaymentRecord record) =>
        await cycles.RecurringAsync(order.Id) is { } recurring ? await ReadAsync(order, record, recurring) : null;

    /// <summary>Reads a subscription whose recurring payment is known.</summary>
    /// <param name="order">Its first order.</param>
    /// <param name="record">The payment record of that order.</param>
    /// <param name="recurring">The recurring payment in nopCommerce.</param>
    public async Task<SubscriptionSummary> ReadAsync(Order order, PaymentRecord record, RecurringPayment recurring)
    {
        var next = await orderProcessingService.GetNextPaymentDateAsync(recurring);
        var left = await orderProcessingService.GetCyclesRemainingAsync(recurring);
        var latest = await cycles.LatestAsync(order.Id) is { } cycle ? await nextOrder.FindAsync(cycle) : null;
        var later = latest is null ? record : (await recordStore.LoadAsync([latest.Id])).GetValueOrDefault(latest.Id);

        return Summary(new SubscriptionSummary(order, record, recurring, SubscriptionState.Active)
        {
            LatestOrder = latest,
            LatestCharge = later?.SubscriptionCharge,
            IsUnderWay = IsUnderWay(later)
        }, next, left);
    }

    /// <summary>
    /// Reads several subscriptions: four queries for all of them. nopCommerce's services would make two more for each. An order that nopCommerce is still making is not on its list of orders yet.
    /// </summary>
    /// <param name="recurring">The recurring payments, of any payment method.</param>
    /// <returns>
    /// Those whose first order was placed with the plugin and is not deleted, in the same order. One whose payment record cannot be read is shown as if it had none; the task logs it.
    /// </returns>
    public async Task<IReadOnlyList<SubscriptionSummary>> ReadAsync(IReadOnlyCollection<RecurringPayment> recurring)
    {
        var orders = await OrdersAsync(recurring.Select(one => one.InitialOrderId));
        var ours = recurring.Where(one => orders.TryGetValue(one.InitialOrderId, out var order) && order.IsOurs()).ToList();
        var made = await MadeAsync([.. ours.Select(one => one.Id)]);
        var later = await OrdersAsync(ours.Where(one => LatestIdOf(one) != one.InitialOrderId).Select(LatestIdOf));
        var records = await recordStore.LoadAsync([.. ours.Select(one => one.InitialOrderId), .. later.Keys]);
        return [.. ours.Select(one => Summary(new SubscriptionSummary(orders[one.InitialOrderId], RecordOf(one.InitialOrderId), one, SubscriptionState.Active)
        {
            LatestOrder = later.GetValueOrDefault(LatestIdOf(one)),
            LatestCharge = RecordOf(LatestIdOf(one)).SubscriptionCharge,
            IsUnderWay = IsUnderWay(RecordOf(later.ContainsKey(LatestIdOf(one)) ? LatestIdOf(one) : one.InitialOrderId))
        }, SubscriptionDates.Next(one, made[one.Id].Count()), Math.Max(0, one.TotalCycles - made[one.Id].Count())))];

        int LatestIdOf(RecurringPayment one) => made[one.Id].DefaultIfEmpty().Max();

        PaymentRecord RecordOf(int orderId) => records.GetValueOrDefault(orderId) ?? new PaymentRecord();
    }

    // The ids of the orders that nopCommerce has made, by the id of the recurring payment.
    private async Task<ILookup<int, int>> MadeAsync(IReadOnlyCollection<int> ids) =>
        (ids.Count == 0 ? [] : await history.GetAllAsync(query => query.Where(row => ids.Contains(row.RecurringPaymentId)))).ToLookup(row => row.RecurringPaymentId, row => row.OrderId);

    private async Task<Dictionary<int, Order>> OrdersAsync(IEnumerable<int> ids) =>
        ids.Where(id => id > 0).Distinct().ToArray() is { Length: > 0 } some ? (await orderService.GetOrdersByIdsAsync(some)).ToDictionary(order => order.Id) : [];

    // A try of the task counts until its end is known.
    private static bool IsUnderWay(PaymentRecord? record) => record is not null && (record.Attempts.Any(attempt => attempt.HoldsMoney)
        || (record is { SubscriptionCharge: { } charge, Current: { IsSavedCard: true, Closed: false } current } && current.State?.IsTerminalUnpaid() != true
            && charge.FailedTries < record.Attempts.Count(attempt => attempt.IsSavedCard)));

    private static SubscriptionSummary Summary(SubscriptionSummary known, DateTime? next, int left)
    {
        var subscription = known.Record.Subscription;
        var state = StateOf(known, subscription, hasNext: next is not null);
        var canCharge = subscription is { CanCharge: true };
        return known with
        {
            State = state,
            Means = canCharge && state != SubscriptionState.Ended ? subscription?.Means : null,
            HasDetails = subscription is { CardId: not null },
            LatestCharge = canCharge ? known.LatestCharge : known.LatestCharge is { } charge ? charge with { NextTryUtc = null } : null,
            Problem = canCharge || state is SubscriptionState.Waiting or SubscriptionState.Ended ? null : ProblemOf(subscription),
            NextUtc = state is SubscriptionState.Waiting or SubscriptionState.Paused or SubscriptionState.Ended ? null : next,
            Left = state == SubscriptionState.Ended ? 0 : left,
            NextNumber = known.Recurring.TotalCycles - left + 1
        };
    }

    // A subscription whose last order is still open has not ended, although nopCommerce has no further date for it.
    private static SubscriptionState StateOf(SubscriptionSummary known, SubscriptionRecord? subscription, bool hasNext) => known switch
    {
        { Recurring.IsActive: false } or { Order.Deleted: true } or { Order.OrderStatus: OrderStatus.Cancelled } => SubscriptionState.Ended,
        { IsLatestOpen: false } when !hasNext => SubscriptionState.Ended,
        { Order.PaymentStatus: PaymentStatus.Pending or PaymentStatus.Authorized } => SubscriptionState.Waiting,
        _ when subscription is { IsPaused: true } => SubscriptionState.Paused,
        { IsLatestOpen: true, LatestCharge.FailedUtc: not null } => SubscriptionState.Failing,
        _ when subscription is { StartedUtc: not null, CanCharge: false } => SubscriptionState.NoDetails,
        _ => SubscriptionState.Active
    };

    private static string? ProblemOf(SubscriptionRecord? subscription) => subscription switch
    {
        { WantsOtherCard: true } => ChargeFailure.OtherCard,
        { StartedUtc: not null } => subscription.CardProblem ?? ChargeFailure.NoDetails,
        _ => null
    };
}
