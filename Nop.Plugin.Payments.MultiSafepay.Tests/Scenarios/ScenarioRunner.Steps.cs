using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Nop.Core.Domain.Orders;
using Nop.Core.Domain.Payments;
using Nop.Plugin.Payments.MultiSafepay.OrderPanel;
using Nop.Plugin.Payments.MultiSafepay.Payments.Stores;
using Sandbox.Simulator.Faults;
using Sandbox.Simulator.Lifecycle;
using Sandbox.Simulator.State;

namespace Nop.Plugin.Payments.MultiSafepay.Tests.Scenarios;

/// <content>What each kind of step is, at MultiSafepay and in the host besides.</content>
internal sealed partial class ScenarioRunner
{
    private static readonly string[] _orderPaths = ["orders", "orders/*", "orders/*/refunds", "orders/*/refunds/*", "orders/*/capture", "capture/*"];
    private static readonly string[] _chargebackWords = [Status.Void, "chargeback", "chargedback"];

    // Null: it cannot happen now.
    private async Task<ScenarioAction?> FindAsync(StepKind kind, Random dice)
    {
        if (Purchases.Count == 0)
            return scenario.Situation.Subscription is { } wanted ? Subscribe(wanted) : kind == StepKind.PaysWithSavedCard ? BuyWithCard(dice) : Buy();
        var purchase = dice.Next(4) == 0 ? Purchases[0] : Purchases[^1];
        var all = purchase.OrdersIn(host.Ledger);
        var books = all.Where(order => order.Current is null || purchase.Owns(order.Current.Session)).ToList();
        if (!IsSensible(kind, (await OrderAsync(purchase))!) && dice.Next(12) > 0)
            return null;
        return kind switch
        {
            StepKind.BuysAgain => Buy(),
            StepKind.PaysWithSavedCard => BuyWithCard(dice),
            StepKind.CardVanishes => RemoveCards(),
            StepKind.Pays => OnPage(purchase, dice, "completed"),
            StepKind.IsDeclined => OnPage(purchase, dice, "declined"),
            StepKind.Leaves => OnPage(purchase, dice, "left"),
            StepKind.IsHeldForReview => OnPage(purchase, dice, "uncleared"),
            StepKind.ReviewAccepted => OnPage(purchase, dice, "completed", transaction => transaction.Status == Status.Uncleared),
            StepKind.ReviewDeclined => OnPage(purchase, dice, "declined", transaction => transaction.Status == Status.Uncleared),
            StepKind.OpensSecondTab => OnPage(purchase, dice, "started"),
            StepKind.TransactionExpires => OnPage(purchase, dice, "expired", transaction => transaction.Status is Status.Initialized or Status.Uncleared),
            StepKind.TriesAgain => Retry(purchase),
            StepKind.PressesRetryTwice => Retry(purchase),
            StepKind.Returns => Return(purchase, hasLeft: false),
            StepKind.ReturnsFromCancel => Return(purchase, hasLeft: true),
            StepKind.CustomerCancels => await CancelByCustomerAsync(purchase),

            StepKind.RefundsPart => await RefundAsync(purchase, dice, all: false),
            StepKind.RefundsAll => await RefundAsync(purchase, dice, all: true),
            StepKind.RefundsAgain => await RefundAgainAsync(purchase),
            StepKind.RefundsOffline => RefundOffline(purchase, dice),
            StepKind.Captures => Operate(purchase, "captures", (processing, order) => processing.CaptureAsync(order)),
            StepKind.Voids => Operate(purchase, "voids", (processing, order) => processing.VoidAsync(order)),
            StepKind.Ships => Ship(purchase),
            StepKind.OwnerCancels => Operate(purchase, "cancels", async (processing, order) =>
            {
                await processing.CancelOrderAsync(order, notifyCustomer: true);
                return [];
            }),
            StepKind.Refreshes => Panel(purchase, "refresh", (services, order) => services.GetRequiredService<PanelActions>().RefreshAsync(order, CancellationToken.None)),
            StepKind.CallsOff => Panel(purchase, "call off", (services, order) => services.GetRequiredService<PanelActions>().CancelAsync(order)),
            StepKind.MakesLink => Panel(purchase, "payment link", (services, order) => services.GetRequiredService<PanelActions>().LinkAsync(order)),
            StepKind.WithdrawsRefund => books.Any(order => order.Reserved > 0) ? Withdraw(purchase) : null,
            StepKind.MarksPaid => MarkPaid(purchase),
            StepKind.EditsTotal => EditTotal(purchase, dice),
            StepKind.ChangesStatus => ChangeStatus(purchase, dice),
            StepKind.ChangesPolicy => Change((CancelledThenPaidPolicy)(dice.Next(3) * 10)),
            StepKind.ChangesMapping => Change(StepTable.Mappings[dice.Next(StepTable.Mappings.Length)].Mapping),
            StepKind.EntersNewKey => EnterKey(),
            StepKind.RemovesKey => RemoveKey(),
            StepKind.EntersOtherKey => EnterOtherKey(),

            StepKind.DashboardRefunds => DashboardRefund(books, dice),
            StepKind.RefundAccepted => WithReserved(books, "refund-accepted"),
            StepKind.RefundDeclined => WithReserved(books, "refund-declined"),
            StepKind.DashboardCaptures => DashboardCapture(purchase, books),
            StepKind.DashboardCapturesPart => CapturePart(books, dice),
            StepKind.DashboardReleases => WithHeld(books, "released"),
            StepKind.ChargesBack => books.LastOrDefault(order => order.Current is { Refundable: > 0 }) is { } paid
                ? AtMultiSafepay(paid, "chargeback", new JsonObject { ["status"] = _chargebackWords[dice.Next(_chargebackWords.Length)] })
                : null,
            StepKind.ReversesChargeback => books.LastOrDefault(order => order.ChargedBack > 0) is { } lost ? AtMultiSafepay(lost, "chargeback-reversed") : null,
            StepKind.NewKey => NewKey(dice),
            StepKind.WaitsForProvider => OnPage(purchase, dice, "waiting"),
            StepKind.TransferArrivesLate => TransferArrives(purchase, books),
            StepKind.AcceptanceEnds => AcceptanceEnds(books, dice),
            StepKind.GoesToPair => GoToPair(purchase, books, dice),
            StepKind.DashboardShips => DashboardShip(books),
            StepKind.Settles => books.LastOrDefault(order => order.Current is { } current && PaymentTransitions.CanBeSettled(current)) is { } due ? AtMultiSafepay(due, "settled") : null,
            StepKind.DashboardRefundWaits => DashboardRefundWaits(books, dice),
            StepKind.RefundGoesToPair => RefundGoesToPair(books, dice),

            StepKind.OtherShopOrders => OtherShopOrders(purchase, all, dice),
            StepKind.OtherShopPays => OtherShopPays(purchase, dice),
            StepKind.OtherShopLeaves => OtherShopLeaves(purchase, dice),
            StepKind.OtherShopRefunds => OtherShopRefunds(purchase, dice),

            StepKind.PaysLink => PayLink(purchase, dice),
            StepKind.WantsOtherCard => WantOtherCard(),
            StepKind.CancelsSubscription => CancelSubscription(dice),
            StepKind.ChargesNow => await ChargeNowAsync(),
            StepKind.PausesSubscription => Pause(),
            StepKind.ResumesSubscription => Resume(),
            StepKind.ForgetsCard => ForgetCard(),
            StepKind.ProcessesNext => ProcessNext(),
            StepKind.PlansOutcome => PlanOutcome(dice),
            StepKind.BankDecides => BankDecides(dice),
            StepKind.NextPaymentIsDue => await NextPaymentIsDueAsync(dice),
            StepKind.WeeksPass => WeeksPass(dice),
            StepKind.TaskIsOff => Time(TimeSpan.FromDays(dice.Next(20, 100)), dice),
            StepKind.TaskRunsTwice => RunTask(),

            StepKind.OutageBegins => Trouble("MultiSafepay is down", [.. _orderPaths.Select(path => new Fault(FaultKind.Status) { Path = path, Times = Fault.Always })]),
            StepKind.OutageEnds => new ScenarioAction("all troubles of MultiSafepay end", AtOnce: () =>
            {
                host.Faults.Clear();
                return Task.CompletedTask;
            }),
            StepKind.BreaksBefore => Trouble("the next call breaks before it is done", Once(FaultKind.DropBeforeWork, dice)),
            StepKind.BreaksAfter => Trouble("the next call is done and its answer is lost", Once(FaultKind.DropAnswerAfterWork, dice)),
            StepKind.AnswersNoJson => Trouble("the next call is done and answered with no JSON", Once(FaultKind.InvalidJson, dice)),
            StepKind.AnswersUnavailable => Trouble("the next call is answered with 503", Once(FaultKind.Status, dice)),
            StepKind.IsSlow => Slow(dice),
            StepKind.HasNoBalance => Trouble("the account's balance is low", new Fault(FaultKind.InsufficientBalance) { Times = dice.Next(1, 3) }),
            StepKind.DoublesNotification => Trouble("notifications leave twice", new Fault(FaultKind.DuplicateNotification) { Copies = 2, Times = dice.Next(1, 4) }),
            StepKind.DelaysNotification => Trouble("notifications are late", new Fault(FaultKind.DelayNotification) { Milliseconds = (int)Math.Pow(10, dice.Next(3, 7)), Times = dice.Next(1, 3) }),
            StepKind.LosesNotification => new ScenarioAction("notifications get lost", AtOnce: () => Task.FromResult(_notificationsToLose = dice.Next(1, 4))),
            StepKind.LosesAcknowledgement => new ScenarioAction("answers to notifications get lost", AtOnce: () => Task.FromResult(_acknowledgementsToLose = dice.Next(1, 4))),
            StepKind.ClockSkew => Skew(dice),
            StepKind.NodeRestarts => new ScenarioAction("a node is restarted", node =>
            {
                node.Process.Kill();
                return Task.CompletedTask;
            }),

            StepKind.AllMailArrives => new ScenarioAction("all notifications arrive", AtOnce: () => AllMailArrivesAsync(dice)),
            StepKind.TaskRuns => RunTask(),
            StepKind.SecondsPass => Time(TimeSpan.FromSeconds(dice.Next(1, 26)), dice),
            StepKind.MinutesPass => Time(TimeSpan.FromMinutes(dice.Next(1, 14)), dice),
            StepKind.HoursPass => Time(TimeSpan.FromHours(dice.Next(1, 6)), dice),
            StepKind.DaysPass => Time(TimeSpan.FromDays(dice.Next(1, 9)), dice),
            _ => null
        };
    }

    /// <summary>nopCommerce runs the task by a request to itself.</summary>
    public static ScenarioAction RunTask() => new("the task runs", async node => await new Visitor(node, new()).RunTaskAsync());

    // Buttons that are not shown are pressed seldom: on a page that is old.
    private static bool IsSensible(StepKind kind, Order order) => kind switch
    {
        StepKind.Captures or StepKind.Voids => order.PaymentStatus == PaymentStatus.Authorized,
        StepKind.RefundsOffline => order.PaymentStatus is PaymentStatus.Paid or PaymentStatus.PartiallyRefunded,
        StepKind.CallsOff or StepKind.MakesLink or StepKind.TriesAgain or StepKind.PressesRetryTwice or StepKind.MarksPaid =>
            order is { PaymentStatus: PaymentStatus.Pending, OrderStatus: not OrderStatus.Cancelled },
        StepKind.Ships => order is { PaymentStatus: not PaymentStatus.Pending, OrderStatus: not OrderStatus.Cancelled },
        StepKind.OwnerCancels => order.OrderStatus != OrderStatus.Cancelled,
        _ => true
    };

    private ScenarioAction Trouble(string text, params Fault[] faults) => new(text, AtOnce: () =>
    {
        foreach (var fault in faults)
            host.Faults.Add(fault);
        return Task.CompletedTask;
    });

    // A write, or the next read of an order.
    private static Fault Once(FaultKind kind, Random dice) => dice.Next(4) switch
    {
        0 => new Fault(kind) { Path = "orders/*", Method = "GET", Times = dice.Next(1, 3) },
        1 => new Fault(kind) { Method = "PATCH" },
        _ => new Fault(kind) { Method = "POST" }
    };

    private ScenarioAction Slow(Random dice)
    {
        var (isBefore, wait) = (dice.Next(2) == 0, TimeSpan.FromSeconds(new[] { 1, 6, 15, 45, 130 }[dice.Next(5)]));
        return new ScenarioAction($"the next call takes {wait.TotalSeconds} s {(isBefore ? "on the way there" : "on the way back")}", AtOnce: () =>
        {
            host.SlowDown(isBefore, wait);
            return Task.CompletedTask;
        });
    }

    private ScenarioAction Skew(Random dice)
    {
        var skew = TimeSpan.FromSeconds(new[] { -1200, -500, -30, 0, 0, 40, 500, 1200 }[dice.Next(8)]);
        return new ScenarioAction($"the shop's clocks are {skew.TotalSeconds} s ahead", AtOnce: () =>
        {
            host.Time.Skew = skew;
            _mayBeUnsigned |= Math.Abs(skew.TotalSeconds) > 300;
            return Task.CompletedTask;
        });
    }

    private ScenarioAction NewKey(Random dice) => new("MultiSafepay's site gets a new API key", AtOnce: () =>
    {
        host.Site.ApiKey = FormattableString.Invariant($"made-up-key-{dice.Next(1000)}");
        _mayBeUnsigned = true;
        return Task.CompletedTask;
    });

    private ScenarioAction Change(CancelledThenPaidPolicy policy) => new($"the owner chooses {policy} for orders that are paid after they were cancelled", AtOnce: () =>
    {
        Policies.Add(policy);
        return host.SetAsync((settings, _) => settings.CancelledThenPaid = policy);
    });

    private ScenarioAction Change(string mapping) => new($"the owner maps {(mapping.Length == 0 ? "as recommended" : mapping)}", AtOnce: () =>
    {
        Mappings.Add(mapping);
        return host.SetAsync((settings, _) => settings.StatusMapping = mapping);
    });

    private ScenarioAction? DashboardRefund(IReadOnlyList<SimulatedOrder> books, Random dice)
    {
        if (books.LastOrDefault(order => order.Current is { Refundable: > 0 }) is not { Current: { } paid } order)
            return null;
        var amount = dice.Next(3) == 0 ? paid.Refundable : Math.Max(1, paid.Refundable * dice.Next(1, 100) / 100);
        return AtMultiSafepay(order, "refunded", new JsonObject { ["amount"] = amount, ["description"] = "from the dashboard" });
    }

    private ScenarioAction? WithReserved(IReadOnlyList<SimulatedOrder> books, string to) => books.FirstOrDefault(order => order.Reserved > 0) is { } order ? AtMultiSafepay(order, to) : null;

    private ScenarioAction? WithHeld(IReadOnlyList<SimulatedOrder> books, string to) => books.FirstOrDefault(order => order.Authorized > 0) is { } order ? AtMultiSafepay(order, to) : null;

    private ScenarioAction? CapturePart(IReadOnlyList<SimulatedOrder> books, Random dice) => books.FirstOrDefault(order => order.Authorized > 1) is { } order
        ? AtMultiSafepay(order, "captured", new JsonObject { ["amount"] = Math.Max(1, order.Authorized * dice.Next(1, 100) / 100) })
        : null;

    private ScenarioAction Time(TimeSpan time, Random dice) => new($"{time} passes", AtOnce: () => PassAsync(time, dice));
}
