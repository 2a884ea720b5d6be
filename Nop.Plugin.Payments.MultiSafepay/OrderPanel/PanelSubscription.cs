using System.Globalization;
using Nop.Core.Domain.Payments;
using Nop.Plugin.Payments.MultiSafepay.Payments.Records;
using Nop.Plugin.Payments.MultiSafepay.Subscriptions;
using Nop.Services.Orders;

namespace Nop.Plugin.Payments.MultiSafepay.OrderPanel;

/// <summary>
/// Creates what the panel shows of a subscription: on the page of its first order how it stands and what the owner can do, on the page of a later order what it belongs to and why it is not paid.
/// All other orders cost no query.
/// </summary>
public class PanelSubscription(PanelText text, SubscriptionOverview overview, IOrderService orderService)
{
    /// <summary>The name of the field of the button that charges the next order: its number.</summary>
    public const string NumberField = "number";

    /// <summary>Creates the facts and the buttons; none for an order that is not of a subscription.</summary>
    /// <param name="view">The state of the order's payment.</param>
    /// <param name="mayEdit">Whether the user may edit orders.</param>
    public async Task<(IReadOnlyList<PanelFact> Facts, IReadOnlyList<PanelButton> Buttons)> CreateAsync(PanelView view, bool mayEdit)
    {
        if (view.Record.SubscriptionCharge is { } charge)
            return (await FactsAsync(view, charge), []);
        return view.Record.Subscription is not null && await overview.FindAsync(view.Order, view.Record) is { } summary
            ? (await FactsAsync(summary), mayEdit ? await ButtonsAsync(summary) : [])
            : ([], []);
    }

    private async Task<IReadOnlyList<PanelFact>> FactsAsync(SubscriptionSummary summary)
    {
        var facts = new List<PanelFact>();
        await FactAsync("Subscription", facts, await text.OfAsync($"Subscription.State.{summary.State}"), await ReasonAsync(summary.Problem));
        await FactAsync("SubscriptionMethod", facts, summary.Means?.ToString());
        await FactAsync("SubscriptionNext", facts, await text.TimeAsync(summary.NextUtc));
        await FactAsync("SubscriptionLeft", facts, summary.State == SubscriptionState.Ended ? null : summary.Left.ToString(CultureInfo.CurrentCulture));
        if (summary is { IsLatestOpen: true, LatestOrder: { } latest, LatestCharge: { } charge })
            await FailureAsync(facts, charge, latest.CustomOrderNumber);
        return facts;
    }

    private async Task<IReadOnlyList<PanelFact>> FactsAsync(PanelView view, SubscriptionCharge charge)
    {
        var facts = new List<PanelFact>();
        var first = await orderService.GetOrderByIdAsync(charge.InitialOrderId);
        await FactAsync("SubscriptionOf", facts, first?.CustomOrderNumber ?? charge.InitialOrderId.ToString(CultureInfo.InvariantCulture), $"#{charge.Number.ToString(CultureInfo.CurrentCulture)}");
        if (view.Order.PaymentStatus == PaymentStatus.Pending)
            await FailureAsync(facts, charge, details: null);
        return facts;
    }

    private async Task FailureAsync(List<PanelFact> facts, SubscriptionCharge charge, string? details)
    {
        await FactAsync("SubscriptionFailure", facts, await ReasonAsync(charge.Failure), details);
        await FactAsync("SubscriptionTry", facts, await text.TimeAsync(charge.NextTryUtc));
    }

    private async Task<string?> ReasonAsync(string? reason) => reason is null ? null : await text.OfAsync($"Subscription.Failure.{reason}");

    private async Task FactAsync(string label, List<PanelFact> facts, string? value, string? details = null)
    {
        if (!string.IsNullOrWhiteSpace(value))
            facts.Add(new PanelFact(await text.OfAsync($"Panel.Fact.{label}"), value, details));
    }

    private async Task<IReadOnlyList<PanelButton>> ButtonsAsync(SubscriptionSummary summary)
    {
        var buttons = new List<PanelButton>();
        if (summary.State == SubscriptionState.Ended)
            return buttons;
        if (summary.CanChargeNow)
            await ButtonAsync("SubscriptionCharge", number: summary.NextNumber);
        if (summary.State == SubscriptionState.Paused)
            await ButtonAsync("SubscriptionResume", confirm: false);
        else if (summary.NextUtc is not null)
            await ButtonAsync("SubscriptionPause");
        await ButtonAsync("SubscriptionCancel");
        if (summary.HasDetails)
            await ButtonAsync("SubscriptionForget");
        return buttons;

        async Task ButtonAsync(string action, bool confirm = true, int? number = null) => buttons.Add(new PanelButton(
            action,
            await text.OfAsync($"Panel.Button.{action}"),
            PanelButtons.Quiet,
            confirm ? await text.OfAsync($"Panel.Sure.{action}") : null,
            number is null ? null : NumberField,
            number?.ToString(CultureInfo.InvariantCulture)));
    }
}
