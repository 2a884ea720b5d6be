using System.Globalization;
using System.Net;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Nop.Core.Domain.Orders;
using Nop.Plugin.Payments.MultiSafepay.Checkout.Methods;
using Nop.Plugin.Payments.MultiSafepay.OrderPanel;
using Nop.Plugin.Payments.MultiSafepay.Payments.Orders;
using Nop.Plugin.Payments.MultiSafepay.Payments.Records;
using Nop.Plugin.Payments.MultiSafepay.Payments.Stores;
using Nop.Plugin.Payments.MultiSafepay.Subscriptions;
using Nop.Services.Orders;
using Sandbox.Simulator.Lifecycle;
using Sandbox.Simulator.State;

namespace Nop.Plugin.Payments.MultiSafepay.Tests.Scenarios;

/// <summary>What was done with a subscription, as people saw it outside of the plugin.</summary>
internal sealed class SubscriptionFacts
{
    /// <summary>From when until when the owner had paused it; null while it lasts.</summary>
    public List<(DateTimeOffset From, DateTimeOffset? To)> Pauses { get; } = [];

    /// <summary>When the owner asked for the next order, whatever its date.</summary>
    public List<DateTimeOffset> AskedFor { get; } = [];

    /// <summary>When nopCommerce was found to have ended it; null while it is active.</summary>
    public DateTimeOffset? EndedAt { get; set; }
}

/// <content>A customer who subscribes, and what happens around the later orders. Those are added to the orders of the scenario when they are there.</content>
internal sealed partial class ScenarioRunner
{
    private static readonly string[] _failures = [Status.Declined, Status.Declined, Status.Declined, Status.Uncleared, PlannedPayment.Authenticate];
    private int _subscribers;
    private bool _isSubscribing;

    /// <summary>What was done with the subscription.</summary>
    public SubscriptionFacts Subscription { get; } = new();

    private Order? FirstOrder { get; set; }

    public async Task<RecurringPayment?> RecurringAsync() => Purchases is not [var first, ..] || scenario.Situation.Subscription is null
        ? null
        : await host.Database.FirstOrDefaultAsync<RecurringPayment>(recurring => recurring.InitialOrderId == first.OrderId);

    /// <summary>The bank decides on all direct debits and payments under review.</summary>
    public async Task BankDecidesAllAsync(Random dice)
    {
        for (var i = 0; i < MaxNotifications && BankDecides(dice) is { AtOnce: { } decide } action; i++)
        {
            Tell(action.Text);
            await decide();
        }
    }

    /// <summary>Orders that nopCommerce has made since, and their links, which the customers are sent.</summary>
    public async Task FindLaterOrdersAsync()
    {
        _isSubscribing = false;
        if (await RecurringAsync() is not { } recurring)
            return;
        FirstOrder ??= (await OrderAsync(Purchases[0]))!;
        foreach (var order in (await host.Database.ListAsync<Order>(order => order.CustomerId == FirstOrder.CustomerId)).OrderBy(order => order.Id))
        {
            if (Purchases.Exists(purchase => purchase.OrderId == order.Id))
                continue;
            Purchases.Add(new Purchase(order, Purchases[0].Cookies));
            Tell($"    order {order.Id} is there");
        }

        foreach (var purchase in Purchases)
        {
            purchase.Links.AddRange(purchase.OrdersIn(host.Ledger).SelectMany(order => order.Sessions).Where(session => session.Token is null && purchase.Owns(session))
                .Select(session => session.Id).Except(purchase.Links).ToList());
        }

        if (!recurring.IsActive)
            Subscription.EndedAt ??= host.Time.Now;
    }

    private Task PrepareAsync(Situation situation, SubscriptionChoice subscription)
    {
        host.IsTokenCallWatched = true;
        host.Shape.Change = request => request;
        return host.SetAsync((settings, _) =>
        {
            (settings.SaveCards, settings.Subscriptions, settings.GroupCards) = (false, true, false);
            (settings.SubscriptionFailure, settings.SubscriptionNoticeDays) = (subscription.Failure, subscription.NoticeDays);
            settings.CancelledThenPaid = situation.Policy;
            settings.StatusMapping = situation.Mapping;
            (settings.LinkLifetime, settings.LinkLifetimeUnit) = (situation.LinkMinutes, LifetimeUnit.Minutes);
        });
    }

    // If the node dies before there is an order, somebody else subscribes.
    private ScenarioAction? Subscribe(SubscriptionChoice choice)
    {
        if (_isSubscribing)
            return null;
        _isSubscribing = true;
        var cookies = new CookieContainer();
        return new ScenarioAction(
            $"a customer subscribes, with {choice.Gateway}",
            node => BuyAsync(node, cookies, [(CustomerFields.MethodField, choice.Gateway), (CustomerFields.ConsentField, "1")]),
            () => new Visitor(host.Nodes[0], cookies).PostAsync("login", ("email", FormattableString.Invariant($"subscriber{++_subscribers}@customer.example"))));
    }

    // With a card that is good for some months, or years.
    private ScenarioAction? PayLink(Purchase purchase, Random dice)
    {
        host.Simulated<TokenIssuer>().ExpiryDate = host.Time.Now.AddMonths(dice.Next(3) == 0 ? dice.Next(3) : dice.Next(6, 40)).ToString("yyMM", CultureInfo.InvariantCulture);
        return OnPage(purchase, dice, "completed");
    }

    private ScenarioAction WantOtherCard() => new("the customer wants to pay with another card from now on", node => node.InScopeAsync(async services =>
    {
        var order = (await services.GetRequiredService<IOrderService>().GetOrderByIdAsync(Purchases[0].OrderId))!;
        try
        {
            Tell($"    {(await services.GetRequiredService<SubscriptionActions>().WantOtherCardAsync(order))?.Key ?? "done"}");
        }
        catch (OrderBusyException)
        {
            Tell("    later, please");
        }

        return true;
    }));

    private ScenarioAction CancelSubscription(Random dice) => dice.Next(3) switch
    {
        0 => Subscriber("cancel the subscription", (actions, order) => actions.CancelAsync(order)),
        1 => Operate(Purchases[0], "cancels the recurring payment", async (processing, _) => await RecurringAsync() is { IsActive: true } recurring
            ? await processing.CancelRecurringPaymentAsync(recurring)
            : []),
        _ => new ScenarioAction("the customer cancels the recurring payment", async node =>
        {
            if (await RecurringAsync() is { } recurring)
                await new Visitor(node, Purchases[0].Cookies).PostAsync("customer/recurringpayments", ($"cancelRecurringPayment{recurring.Id}", "Cancel"));
        })
    };

    private async Task<ScenarioAction?> ChargeNowAsync()
    {
        var number = await host.Nodes[0].InScopeAsync(async services =>
        {
            var order = (await services.GetRequiredService<IOrderService>().GetOrderByIdAsync(Purchases[0].OrderId))!;
            var record = await services.GetRequiredService<PaymentRecordStore>().LoadAsync(order);
            return (await services.GetRequiredService<SubscriptionOverview>().FindAsync(order, record))?.NextNumber ?? 0;
        });
        if (number == 0)
            return null;
        Subscription.AskedFor.Add(host.Time.Now);
        return Subscriber($"charge number {number} now", (actions, order) => actions.ChargeAsync(order, number));
    }

    private ScenarioAction Pause() => Subscriber("pause", async (actions, order) =>
    {
        var answer = await actions.PauseAsync(order);
        if (!answer.IsError)
            Subscription.Pauses.Add((host.Time.Now, null));
        return answer;
    });

    private ScenarioAction Resume() => Subscriber("resume", (actions, order) =>
    {
        EndPauses();
        return actions.ResumeAsync(order);
    });

    private void EndPauses()
    {
        for (var i = 0; i < Subscription.Pauses.Count; i++)
            Subscription.Pauses[i] = Subscription.Pauses[i] with { To = Subscription.Pauses[i].To ?? host.Time.Now };
    }

    private ScenarioAction ForgetCard() => Subscriber("forget the card", (actions, order) => actions.ForgetAsync(order));

    private ScenarioAction Subscriber(string text, Func<PanelSubscriptionActions, Order, Task<PanelAnswer>> button) =>
        Panel(Purchases[0], text, (services, order) => button(services.GetRequiredService<PanelSubscriptionActions>(), order));

    private ScenarioAction ProcessNext()
    {
        Subscription.AskedFor.Add(host.Time.Now);
        return Operate(Purchases[0], "processes the next payment", async (processing, _) => await RecurringAsync() is { } recurring
            ? [.. await processing.ProcessNextRecurringPaymentAsync(recurring)]
            : []);
    }

    private ScenarioAction PlanOutcome(Random dice)
    {
        var outcome = _failures[dice.Next(_failures.Length)];
        var code = outcome == Status.Declined ? dice.Next(3) == 0 ? "4002" : _cardErrors[dice.Next(_cardErrors.Length)] : null;
        return new ScenarioAction($"the next payment with stored details ends as {outcome} {code}", AtOnce: () =>
        {
            lock (host.Ledger.Gate)
                host.Simulated<TokenVault>().Plan(new PlannedPayment(outcome, code));
            return Task.CompletedTask;
        });
    }

    // Of what is under way without the customer: a direct debit, a review; a demand for the customer's confirmation, which nobody answers.
    private ScenarioAction? BankDecides(Random dice)
    {
        foreach (var order in Purchases.SelectMany(purchase => purchase.OrdersIn(host.Ledger)).Where(order => !order.IsUsed))
        {
            if (order.Transactions.Find(transaction => transaction.Status == Status.Uncleared || (transaction is { Status: Status.Initialized, Session.Token: not null })) is not { } open)
                continue;
            var to = open.Status == Status.Uncleared && dice.Next(5) < 3 ? "completed" : new[] { "declined", "cancelled", "expired" }[dice.Next(3)];
            return AtMultiSafepay(order, to, new JsonObject { ["transaction"] = open.Id });
        }

        return null;
    }

    private async Task<ScenarioAction?> NextPaymentIsDueAsync(Random dice)
    {
        if (await RecurringAsync() is not { IsActive: true } recurring || await host.Nodes[0].InScopeAsync(services =>
            services.GetRequiredService<IOrderProcessingService>().GetNextPaymentDateAsync(recurring)) is not { } date)
            return null;
        var task = RunTask();
        var wait = new DateTimeOffset(date, TimeSpan.Zero) - host.Time.Now + TimeSpan.FromMinutes(dice.Next(0, 30));
        return new ScenarioAction($"the next payment is due, and {task.Text}", task.Work, () => wait > TimeSpan.Zero ? PassAsync(wait, dice) : Task.CompletedTask);
    }

    private ScenarioAction WeeksPass(Random dice)
    {
        var days = dice.Next(3, 36);
        return new ScenarioAction($"{days} days pass, on which the task runs", AtOnce: async () =>
        {
            for (var day = 0; day < days; day++)
            {
                await PassAsync(TimeSpan.FromDays(1), dice);
                await RunTaskAsync();
                await FindLaterOrdersAsync();
            }
        });
    }
}
