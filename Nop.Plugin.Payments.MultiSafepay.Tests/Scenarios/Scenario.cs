using CsCheck;
using Nop.Plugin.Payments.MultiSafepay.Payments.Stores;
using Sandbox.Simulator.Gateways;
using Sandbox.Simulator.State;

namespace Nop.Plugin.Payments.MultiSafepay.Tests.Scenarios;

/// <summary>What the shop and its customer are like in a scenario.</summary>
/// <param name="Currency">The currency that the customer sees and is charged.</param>
/// <param name="Means">How the order is to be paid.</param>
/// <param name="ProductId">What is bought; product 6 is nearly sold out.</param>
/// <param name="Quantity">How much of it.</param>
/// <param name="Policy">What happens when a cancelled order is paid after all.</param>
/// <param name="Mapping">The owner's status mapping, as text.</param>
/// <param name="LinkMinutes">How long a payment link lives.</param>
/// <param name="CaptureOnShipment">Whether a shipment captures.</param>
internal sealed record Situation(
    string Currency, Means Means, int ProductId, int Quantity, CancelledThenPaidPolicy Policy, string Mapping, int LinkMinutes, bool CaptureOnShipment)
{
    /// <summary>Of <see cref="Means.AnyMethod"/>: the gateway that the customer chooses on the payment page.</summary>
    public string Gateway { get; init; } = "IDEAL";

    /// <summary>In which of the shapes that were seen of it MultiSafepay tells of the orders (<see cref="ResponseShape"/>).</summary>
    public Shapes Shapes { get; init; }

    /// <summary>What the customer subscribes to; null for ordinary orders.</summary>
    public SubscriptionChoice? Subscription { get; init; }
}

/// <summary>How a subscription is paid, and what its shop is like.</summary>
/// <param name="Gateway">How the first payment is made: by card, or by iDEAL, after which the others are direct debits.</param>
/// <param name="Failure">What happens when a payment has failed for the last time.</param>
/// <param name="NoticeDays">How many days before a payment the customer is told of it; 0 for never.</param>
internal sealed record SubscriptionChoice(string Gateway, SubscriptionFailurePolicy Failure, int NoticeDays);

/// <summary>The switches of <see cref="ResponseShape"/> that are on, in the order of their names there.</summary>
[Flags]
internal enum Shapes
{
    None = 0,
    AmountRefundedMissing = 1,
    RefundedStaysShipped = 2,
    FullCaptureIsOrder = 4,
    RefundNotified = 8
}

/// <summary>How an order is to be paid.</summary>
internal enum Means
{
    Bank,
    Card,
    CardByHand,
    PayLater,
    PaymentPage,

    /// <summary>By any method that MultiSafepay documents, chosen on the payment page.</summary>
    AnyMethod
}

/// <summary>One thing that happens.</summary>
/// <param name="Kind">What.</param>
/// <param name="Dice">Decides all that the kind leaves open. Each step has its own, so that a story stays the same when other steps are left out.</param>
/// <param name="KillAt">The node that does it is killed when it accesses something for this time; 0 for a step that is not disturbed.</param>
/// <param name="WithNext">Whether the next step happens at the same time, on another node.</param>
internal sealed record Step(StepKind Kind, int Dice, int KillAt, bool WithNext)
{
    public override string ToString() => $"{Kind}{(KillAt > 0 ? $" (killed at {KillAt})" : "")}{(WithNext ? " and at once" : "")}";
}

/// <summary>A scenario: all of it follows from the seed.</summary>
internal sealed record Scenario(ulong Seed, Situation Situation, IReadOnlyList<Step> Steps)
{
    private const int Fewest = 8;
    private const int Most = 40;
    private const int SubscriptionProduct = 11;
    private const int LongLinkMinutes = 30 * 24 * 60;

    private static readonly Gen<Situation> _shop = Gen.Select(
        Gen.Frequency((5, "EUR"), (2, "USD"), (2, "JPY"), (1, "GBP")),
        Gen.Frequency((4, Means.Bank), (2, Means.Card), (4, Means.CardByHand), (2, Means.PayLater), (2, Means.PaymentPage), (7, Means.AnyMethod)),
        Gen.Frequency((4, 1), (2, 4), (1, 6), (1, 9)),
        Gen.Int[1, 3],
        Gen.Frequency((2, CancelledThenPaidPolicy.Warn), (2, CancelledThenPaidPolicy.Refund), (2, CancelledThenPaidPolicy.Reopen)),
        Gen.Frequency(StepTable.Mappings),
        Gen.Frequency((1, 15), (2, 60), (2, 24 * 60), (2, 30 * 24 * 60)),
        Gen.Bool,
        (currency, means, product, quantity, policy, mapping, minutes, capture) => new Situation(
            means is Means.PayLater or Means.AnyMethod ? "EUR" : currency, means, product, quantity, policy, mapping, minutes, capture));

    private static readonly Gen<Situation> _situation = Gen.Select(
        _shop, Gen.OneOf([.. GatewayCatalogue.All.Where(gateway => gateway is { IsGroup: false, IsActive: true }).Select(gateway => Gen.Const(gateway.Id))]), Gen.Int[0, 15],
        (shop, gateway, shapes) => shop with { Gateway = gateway, Shapes = (Shapes)shapes });

    private static readonly Gen<(Situation, Step[])> _scenario = Gen.Select(_situation, OneStep(StepTable.Steps).Array[Fewest, Most]);

    private static readonly Gen<(Situation, Step[])> _withShopTasks = Gen.Select(_situation, OneStep([.. StepTable.Steps, .. StepTable.ShopTasks]).Array[Fewest, Most]);

    private static readonly Gen<(Situation, Step[])> _subscription = Gen.Select(
        Gen.Select(_shop, Gen.Frequency((2, "VISA"), (1, "MASTERCARD"), (2, "IDEAL")), Gen.Enum<SubscriptionFailurePolicy>(), Gen.Frequency((1, 0), (1, 7)), (shop, gateway, failure, days) => shop with
        {
            // iDEAL takes euros only.
            Currency = gateway == "IDEAL" ? "EUR" : shop.Currency,
            Means = Means.Card,
            ProductId = SubscriptionProduct,
            Quantity = 1,
            Subscription = new SubscriptionChoice(gateway, failure, days)
        }),
        OneStep(StepTable.Subscription).Array[Fewest, Most]);

    public static Scenario FromSeed(ulong seed)
    {
        var (situation, steps) = _scenario.Generate(new PCG(1, seed), null, out _);
        return new Scenario(seed, situation, steps);
    }

    /// <summary>One of a shop that cancels unpaid orders and reminds of them by itself, sooner than its payment links end.</summary>
    public static Scenario WithShopTasks(ulong seed)
    {
        var (situation, steps) = _withShopTasks.Generate(new PCG(1, seed), null, out _);
        return new Scenario(seed, situation with { LinkMinutes = LongLinkMinutes }, steps);
    }

    /// <summary>One of a customer who subscribes to something that is paid every month, three times.</summary>
    public static Scenario OfSubscription(ulong seed)
    {
        var (situation, steps) = _subscription.Generate(new PCG(1, seed), null, out _);
        return new Scenario(seed, situation, steps);
    }

    private static Gen<Step> OneStep((int Weight, StepKind Kind)[] table) => Gen.Select(
        Gen.Frequency(table),
        Gen.Int[0, int.MaxValue - 1],
        Gen.Frequency((12, Gen.Const(0)), (1, Gen.Int[1, 12]), (1, Gen.Int[1, 40])),
        Gen.Frequency((4, false), (1, true)),
        (kind, dice, killAt, withNext) => new Step(kind, dice, killAt, withNext));
}
