using Nop.Plugin.Payments.MultiSafepay.Api;
using Nop.Plugin.Payments.MultiSafepay.Payments.Records;

namespace Nop.Plugin.Payments.MultiSafepay.OrderPanel;

/// <summary>Creates the timeline of a payment: payment links, the payment, the transactions that followed it, and what the shop did.</summary>
public class PanelTimeLine(PanelText text)
{
    /// <summary>Creates the events, oldest first, and those without a time last.</summary>
    public async Task<IReadOnlyList<PanelEvent>> CreateAsync(PanelView view)
    {
        var events = new List<(DateTime? At, PanelEvent Event)>();
        foreach (var attempt in view.Record.Attempts)
        {
            await EventAsync(attempt.CreatedUtc, "Started", PanelText.Minor(attempt.Amount, attempt.Currency), attempt.OrderId);
            foreach (var step in EarlierStates(view, attempt))
                await StateAsync(step.AtUtc, step.Kind, attempt.OrderId);
        }

        foreach (var step in view.Record.Steps.Where(step => RecordedStep.Kinds.Contains(step.Kind, StringComparer.Ordinal)))
            await EventAsync(step.AtUtc, step.Kind, string.Empty, string.Empty);
        foreach (var refund in view.Record.RefundAttempts)
            await EventAsync(refund.CreatedUtc, "RefundRequested", PanelText.Minor(refund.Amount, view.Record.Find(refund.AttemptId)?.Currency), string.Empty);
        foreach (var attempt in view.Record.Attempts)
        {
            foreach (var part in attempt.Parts)
                await EventAsync(part.SentUtc, "PartReported", PanelText.Minor(part.Amount, attempt.Currency), part.OrderId ?? string.Empty);
        }

        if (view.Transaction is { } transaction)
        {
            var amount = PanelText.Minor(transaction.Amount, transaction.Currency);
            if (transaction.Created is not null && transaction.TransactionId is not null)
            {
                // No page is opened for a saved card, unless the bank has one, nor for a payment of a subscription, which may be by direct debit.
                if (view.Attempt is { IsSavedCard: true } && view.Record.SubscriptionCharge is not null)
                    await EventAsync(MultiSafepayTime.ToUtc(transaction.Created), "Subscription", amount, transaction.TransactionId);
                else if (view.Attempt is { IsSavedCard: true })
                    await EventAsync(MultiSafepayTime.ToUtc(transaction.Created), "SavedCard", amount, transaction.TransactionId);
                else
                    await EventAsync(MultiSafepayTime.ToUtc(transaction.Created), "Opened", amount, transaction.TransactionId);
            }

            if (transaction.Completed is not null)
                await EventAsync(MultiSafepayTime.ToUtc(transaction.Completed), "Completed", amount, string.Empty);
            foreach (var related in transaction.RelatedTransactions)
                await RelatedAsync(related);
            if (PaymentSituations.Of(view) is var situation && IsLastChange(situation))
                await StateAsync(MultiSafepayTime.ToUtc(transaction.Modified), situation.ToString(), string.Empty);
        }

        // MultiSafepay gives whole seconds. Within one, the events stay in the order in which they were added: first what the shop asked for, then what came of it.
        return [.. events.OrderBy(pair => (pair.At ?? DateTime.MaxValue).Ticks / TimeSpan.TicksPerSecond).Select(pair => pair.Event)];

        async Task RelatedAsync(RelatedTransaction related)
        {
            var kind = await text.OfAsync($"Panel.Event.{Kind(related.Type)}");
            var what = string.IsNullOrWhiteSpace(related.Status) ? kind : $"{kind} ({await StatusAsync(related.Status)})";
            var at = MultiSafepayTime.ToUtc(related.Created);
            events.Add((at, new PanelEvent(await text.TimeAsync(at), what, PanelText.Minor(related.Amount, related.Currency), related.Description ?? related.TransactionId ?? string.Empty)));
        }

        async Task StateAsync(DateTime? at, string state, string details) =>
            events.Add((at, new PanelEvent(await text.TimeAsync(at), await text.OfAsync($"Panel.State.{state}"), string.Empty, details)));

        async Task EventAsync(DateTime? at, string key, string amount, string details) =>
            events.Add((at, new PanelEvent(await text.TimeAsync(at), await text.OfAsync($"Panel.Event.{key}"), amount, details)));
    }

    // What MultiSafepay showed once. The last one may be what it shows still, which has a line of its own.
    private static IEnumerable<RecordedStep> EarlierStates(PanelView view, PaymentAttempt attempt)
    {
        var steps = view.Record.Steps.Where(step => step.OrderId == attempt.OrderId && RecordedStep.States.Contains(step.Kind, StringComparer.Ordinal)).ToList();
        var current = view.Transaction is not null && view.Attempt?.OrderId == attempt.OrderId ? PaymentSituations.Of(view).ToString() : string.Empty;
        var last = steps.FindLastIndex(step => step.Kind == current);
        return steps.Where((_, at) => at != last);
    }

    // What MultiSafepay changed last, if it was no further transaction.
    private static bool IsLastChange(PaymentSituation situation) => situation is PaymentSituation.Declined or PaymentSituation.Cancelled or PaymentSituation.Expired or PaymentSituation.Void
        or PaymentSituation.Lost or PaymentSituation.Shipped;

    private static string Kind(string? type) => type?.Trim().ToLowerInvariant().Replace('_', '-') switch
    {
        "refund" => "Refund",
        "capture" => "Capture",
        "chargeback" => "Chargeback",
        "reverse-chargeback" => "ReverseChargeback",
        "auth-cancellation" => "AuthCancellation",
        _ => "Other"
    };

    // Unknown statuses are shown as MultiSafepay writes them.
    private async Task<string> StatusAsync(string status) => status switch
    {
        TransactionStatus.Initialized or TransactionStatus.Completed or TransactionStatus.Reserved or TransactionStatus.Declined or TransactionStatus.Void
            or TransactionStatus.Cancelled or TransactionStatus.Expired or TransactionStatus.Uncleared => await text.OfAsync($"Panel.Status.{status}"),
        _ => status
    };
}
