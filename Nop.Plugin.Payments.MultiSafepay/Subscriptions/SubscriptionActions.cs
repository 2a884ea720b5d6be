using Nop.Core;
using Nop.Core.Domain.Orders;
using Nop.Plugin.Payments.MultiSafepay.Api;
using Nop.Plugin.Payments.MultiSafepay.Checkout.Starting;
using Nop.Plugin.Payments.MultiSafepay.Payments.Notices;
using Nop.Plugin.Payments.MultiSafepay.Payments.Orders;
using Nop.Plugin.Payments.MultiSafepay.Payments.Records;
using Nop.Services.Orders;

namespace Nop.Plugin.Payments.MultiSafepay.Subscriptions;

/// <summary>Why something that the owner or the customer wants with a subscription was not done.</summary>
/// <param name="Key">The key of the sentence below <see cref="MultiSafepayDefaults.ResourcePrefix"/>.</param>
/// <param name="Argument">The value of its placeholder; null for none.</param>
public sealed record SubscriptionRefusal(string Key, string? Argument = null);

/// <summary>
/// What the owner can do with a subscription, and the customer, under the lock of its first order, and checked again there, because the page may be hours old. Each returns null if it was done, or
/// else why not.
/// </summary>
public class SubscriptionActions(
    LockedOrders lockedOrders,
    SubscriptionCycles cycles,
    SubscriptionOverview overview,
    SubscriptionStart start,
    SubscriptionDetails details,
    NextOrder nextOrder,
    SubscriptionCharger charger,
    SubscriptionMails mails,
    FollowUpList followUpList,
    IOrderProcessingService orderProcessingService,
    OrderNotesAndLog notesAndLog,
    TimeProvider timeProvider)
{
    private static readonly SubscriptionRefusal _none = new("Panel.Refused.NoSubscription");

    private static readonly SubscriptionRefusal _beingMade = new("Subscription.BeingMade");

    /// <summary>Has nopCommerce make the next order, also before its date, and charges it.</summary>
    /// <param name="order">The first order.</param>
    /// <param name="number">The number of the order that the owner wants (<see cref="SubscriptionSummary.NextNumber"/>): the same wish twice makes one order.</param>
    /// <param name="cancellationToken">Cancels waiting for the lock, and the calls; the task then goes on with the order.</param>
    /// <exception cref="MultiSafepayApiException">MultiSafepay gave no usable answer; the task goes on.</exception>
    /// <exception cref="PaymentStartException">The store has no key; the task goes on.</exception>
    /// <exception cref="OrderBusyException">Another caller is working on the order.</exception>
    public Task<SubscriptionRefusal?> ChargeNowAsync(Order order, int number, CancellationToken cancellationToken) => RunAsync(order, async (locked, recurring) =>
    {
        var known = await overview.ReadAsync(locked.Order, locked.Record, recurring);
        if (known.NextUtc is null)
            return _none;
        if (SubscriptionDetails.PaidBy(locked) is { } paid && paid.Environment != locked.Settings.Environment)
            return new SubscriptionRefusal("Alert.Subscription.OtherEnvironment", locked.Order.CustomOrderNumber);

        // nopCommerce may still be at work on the latest order, or the task has not charged it yet.
        if (number != known.NextNumber || (await cycles.LatestAsync(locked.Order.Id))?.Number >= number)
            return _beingMade;
        if (!known.CanChargeNow)
            return new SubscriptionRefusal("Panel.Refused.SubscriptionOpen");

        if (locked.Record.Subscription?.StartedUtc is null)
            await start.BeginAsync(locked, recurring, cancellationToken);
        return await MakeAsync(locked, recurring, cancellationToken);
    }, cancellationToken);

    /// <summary>Pauses the subscription: no further orders are made.</summary>
    /// <param name="order">The first order.</param>
    /// <exception cref="OrderBusyException">Another caller is working on the order.</exception>
    public Task<SubscriptionRefusal?> PauseAsync(Order order) => RunAsync(order, async (locked, _) =>
    {
        if (locked.Record.Subscription is { IsPaused: true })
            return null;
        await locked.SaveAsync(locked.Record with { Subscription = SubscriptionOf(locked) with { IsPaused = true } });
        await notesAndLog.NoteAsync(locked.Order, "Subscription.Paused");
        return null;
    }, CancellationToken.None);

    /// <summary>Resumes a subscription that was paused. The customer is charged for one of the payments whose date has passed, not for all.</summary>
    /// <inheritdoc cref="PauseAsync"/>
    public Task<SubscriptionRefusal?> ResumeAsync(Order order) => RunAsync(order, async (locked, _) =>
    {
        if (locked.Record.Subscription is not { IsPaused: true } subscription)
            return null;

        // First, so that the task looks at it even if the shop stops in between.
        await followUpList.AddSubscriptionAsync(locked.Order.Id);
        await locked.SaveAsync(locked.Record with { Subscription = subscription with { IsPaused = false } });
        await notesAndLog.NoteAsync(locked.Order, "Subscription.Resumed");
        return null;
    }, CancellationToken.None);

    /// <summary>Cancels the subscription in nopCommerce, and tells the customer. The task deletes the payment details.</summary>
    /// <param name="order">The first order.</param>
    /// <exception cref="NopException">nopCommerce could not cancel it; its order note says why.</exception>
    /// <exception cref="OrderBusyException">Another caller is working on the order.</exception>
    public Task<SubscriptionRefusal?> CancelAsync(Order order) => RunAsync(order, async (locked, recurring) =>
    {
        var errors = await orderProcessingService.CancelRecurringPaymentAsync(recurring);
        if (errors.Count > 0)
            throw new NopException(string.Join(" ", errors));
        await mails.TellOfEndAsync(locked, timeProvider.GetUtcNow().UtcDateTime);
        return null;
    }, CancellationToken.None);

    /// <summary>Deletes the payment details at MultiSafepay, unless another subscription of the customer uses them, and forgets them. The next payment is made by link.</summary>
    /// <param name="order">The first order.</param>
    /// <exception cref="MultiSafepayApiException">MultiSafepay gave no usable answer; the details may still be there, and are not forgotten.</exception>
    /// <exception cref="PaymentStartException">The store has no key for the environment of the details.</exception>
    /// <exception cref="OrderBusyException">Another caller is working on the order.</exception>
    public Task<SubscriptionRefusal?> ForgetAsync(Order order) => RunAsync(order, async (locked, _) =>
    {
        if (locked.Record.Subscription is not { CardId: not null } subscription)
            return null;
        var credentials = locked.FindCredentials(SubscriptionDetails.PaidBy(locked)?.Environment ?? locked.Settings.Environment) ?? throw new PaymentStartException(PaymentStartFailure.NoApiKey);
        await details.RemoveAsync(locked.Order, subscription, credentials, CancellationToken.None);
        await locked.SaveAsync(locked.Record with { Subscription = subscription with { CardId = null, Means = null, ExpiryMonth = null, CardProblem = ChargeFailure.Forgotten } });
        await notesAndLog.NoteAsync(locked.Order, "Subscription.Forgotten");
        return null;
    }, CancellationToken.None);

    /// <summary>Notes that the customer wants to give another card: the next payment is made by link, and the card with which the customer pays takes the place of the old one.</summary>
    /// <inheritdoc cref="PauseAsync"/>
    public Task<SubscriptionRefusal?> WantOtherCardAsync(Order order) => RunAsync(order, async (locked, _) =>
    {
        if (locked.Record.Subscription is { WantsOtherCard: true })
            return null;
        await locked.SaveAsync(locked.Record with { Subscription = SubscriptionOf(locked) with { WantsOtherCard = true } });
        await notesAndLog.NoteAsync(locked.Order, "Subscription.OtherCardWanted");
        return null;
    }, CancellationToken.None);

    private async Task<SubscriptionRefusal?> MakeAsync(LockedOrder locked, RecurringPayment recurring, CancellationToken cancellationToken)
    {
        // First: if the shop stops in between, the task goes on with the order.
        await followUpList.AddSubscriptionAsync(locked.Order.Id);
        try
        {
            if (await nextOrder.MakeAsync(locked, recurring) is { Count: > 0 } errors)
                return NotMade(string.Join(" ", errors));
        }
        catch (NopException exception)
        {
            return NotMade(exception.Message);
        }

        if (await cycles.LatestAsync(locked.Order.Id) is not { } cycle || await nextOrder.FindAsync(cycle) is not { } made)
            return _beingMade;
        if (await nextOrder.CompleteAsync(recurring, cycle, made) is null)
            await charger.ContinueAsync(locked, recurring, cycle.Number, made, cancellationToken);
        return null;
    }

    private static SubscriptionRefusal NotMade(string reason) => new("Panel.Refused.SubscriptionNotMade", reason);

    private static SubscriptionRecord SubscriptionOf(LockedOrder locked) => locked.Record.Subscription ?? new SubscriptionRecord();

    private Task<SubscriptionRefusal?> RunAsync(Order order, Func<LockedOrder, RecurringPayment, Task<SubscriptionRefusal?>> work, CancellationToken cancellationToken) =>
        lockedOrders.RunAsync(OrderReference.From(order), async locked =>
            locked is { Order.OrderStatus: not OrderStatus.Cancelled, Order.Deleted: false } && await cycles.RecurringAsync(order.Id) is { IsActive: true } recurring
                ? await work(locked, recurring)
                : _none, cancellationToken);
}
