using Nop.Core.Domain.Orders;
using Nop.Core.Domain.Shipping;
using Nop.Plugin.Payments.MultiSafepay.Api;
using Nop.Plugin.Payments.MultiSafepay.Payments.Notices;
using Nop.Plugin.Payments.MultiSafepay.Payments.Records;
using Nop.Plugin.Payments.MultiSafepay.Payments.Transactions;

namespace Nop.Plugin.Payments.MultiSafepay.OrderPanel;

/// <summary>Creates the localized model of a <see cref="PanelView"/>.</summary>
public class PanelModelFactory(PanelText text, PanelTimeLine timeLine, PanelButtons buttons, PanelSubscription subscription)
{
    private const decimal MaxCost = 1_000_000_000;

    private static readonly TimeSpan _soon = TimeSpan.FromDays(3);

    /// <summary>Creates the card that is rendered with the order page.</summary>
    public async Task<PanelCardModel> CardAsync(PanelView view, string token) => new()
    {
        OrderId = view.Order.Id,
        State = await text.OfAsync($"Panel.State.{PaymentSituations.Of(view)}"),
        Means = await MeansAsync(view),
        Token = token
    };

    private async Task<string> MeansAsync(PanelView view)
    {
        var means = PaymentMeans.Text(view.Means);
        return means.Length > 0 && view.Attempt is { IsSavedCard: true } && view.Record.SubscriptionCharge is null ? await text.OfAsync("Checkout.SavedCard", means) : means;
    }

    /// <summary>Creates the content of the panel.</summary>
    /// <param name="view">The state of the payment.</param>
    /// <param name="problem">The reason why MultiSafepay could not be asked, as a key below <c>Panel.Problem.</c>; null for none.</param>
    /// <param name="answer">The result of the action; null for none.</param>
    /// <param name="mayEdit">Whether the user may edit orders.</param>
    public async Task<PanelModel> CreateAsync(PanelView view, string? problem, PanelAnswer? answer, bool mayEdit)
    {
        var (facts, further) = await subscription.CreateAsync(view, mayEdit);
        return new PanelModel
        {
            OrderId = view.Order.Id,
            OrderNumber = view.Order.CustomOrderNumber,
            Answer = answer,
            Problem = problem is null ? null : await text.OfAsync($"Panel.Problem.{problem}"),
            State = await text.OfAsync($"Panel.State.{PaymentSituations.Of(view)}"),
            Explanation = await text.OfAsync($"Panel.Explanation.{PaymentSituations.Of(view)}"),
            Colour = Colour(view),
            IsTest = view.Attempt?.Environment == MultiSafepayEnvironment.Test,
            Means = await MeansAsync(view),
            MeansIcon = Icon(view),
            DashboardUrl = DashboardUrl(view),
            Buttons = mayEdit ? [.. await buttons.CreateAsync(view), .. further] : [],
            Link = mayEdit ? view.Link : null,
            QrCode = mayEdit ? await buttons.QrCodeAsync(view) : null,
            CanSetInvoiceUrl = mayEdit && view.CanSetInvoiceUrl,
            InvoiceUrl = view.Transaction?.InvoiceUrl ?? string.Empty,
            Facts = [.. await FactsAsync(view), .. facts],
            Warnings = await WarningsAsync(view),
            TimeLine = await timeLine.CreateAsync(view)
        };
    }

    // The page of the transaction, where the owner accepts a payment under review or answers a chargeback; the front page while there is no transaction.
    private static string DashboardUrl(PanelView view)
    {
        var dashboard = view.Attempt?.Environment == MultiSafepayEnvironment.Live ? MultiSafepayDefaults.LiveDashboardUrl : MultiSafepayDefaults.TestDashboardUrl;
        return (view.Transaction?.TransactionId ?? view.Attempt?.TransactionId) is { Length: > 0 } id
            ? $"{dashboard}{MultiSafepayDefaults.DashboardTransactionPath}{Uri.EscapeDataString(id)}"
            : dashboard;
    }

    private static string Colour(PanelView view) => PaymentSituations.Of(view) switch
    {
        PaymentSituation.Completed or PaymentSituation.Shipped => "success",
        PaymentSituation.Authorized or PaymentSituation.PartialRefunded or PaymentSituation.Refunded or PaymentSituation.Reserved => "info",
        PaymentSituation.Uncleared or PaymentSituation.UnclearedWaits => "warning",
        PaymentSituation.Declined or PaymentSituation.Chargeback or PaymentSituation.Lost => "danger",
        _ => "secondary"
    };

    private static string Icon(PanelView view) => view.Means switch
    {
        [] => string.Empty,
        [{ Type: PaymentMeans.GiftCard }, ..] => "fa-gift",
        _ when view.Means.Any(means => means.Last4 is not null) => "fa-credit-card",
        _ => "fa-wallet"
    };

    private async Task<IReadOnlyList<PanelFact>> FactsAsync(PanelView view)
    {
        var facts = new List<PanelFact>();
        if (view.Attempt is not { } attempt)
            return facts;

        var transaction = view.Transaction;
        var situation = PaymentSituations.Of(view);
        await FactAsync(situation.IsOrWasFunded() ? "Charged" : "Amount", PanelText.Minor(attempt.Amount, attempt.Currency));
        await FactAsync("Captured", PanelText.Minor(Captured(view), attempt.Currency));
        await FactAsync("Refunded", PanelText.Minor(transaction is not null && RefundStatuses.AmountOf(transaction) is > 0 and var refunded ? refunded : null, attempt.Currency));
        await FactAsync("ChargedBack", PanelText.Minor(ChargedBack(view), attempt.Currency));
        await FactAsync("Costs", Costs(transaction, attempt));
        await FactAsync("OrderId", attempt.OrderId);
        await FactAsync("TransactionId", transaction?.TransactionId ?? attempt.TransactionId);
        await FactAsync("Transfer", attempt.Transfer is { } transfer ? $"{transfer.IbanInGroups()}, {transfer.Reference}" : null);
        if (situation.HasEndedBadly() && transaction is not null)
            await ReasonAsync(transaction);
        await FactAsync("LinkEnds", view.Link is null ? null : await text.TimeAsync(attempt.ExpiresUtc));
        await FactAsync("CaptureEnds", IsHeld(view) ? await text.DeadlineAsync(MultiSafepayTime.ToUtc(transaction?.PaymentDetails?.CaptureExpiry), view.NowUtc) : null);
        await FactAsync("ReviewEnds", view.IsUnderReview ? await text.DeadlineAsync(MultiSafepayTime.ToUtc(transaction?.Created) + PanelView.ReviewPeriod, view.NowUtc) : null);
        await FactAsync("ShipBefore", await text.DeadlineAsync(view.ShipBeforeUtc, view.NowUtc));
        await FactAsync("InvoiceUrl", transaction?.InvoiceUrl);
        await FactAsync("LastChecked", await text.TimeAsync(view.LastUpdatedUtc));
        return facts;

        // In words, with what MultiSafepay says behind them; a reason that is not documented has no words but MultiSafepay's.
        async Task ReasonAsync(Transaction ended)
        {
            var reason = PaymentReasons.Of(ended);
            var words = reason is null ? OrderNotesAndLog.Clean(PaymentReasons.TextOf(ended)) : await text.OfAsync($"Panel.Reason.{reason}");
            await FactAsync("Reason", words, reason is null ? null : OrderNotesAndLog.Clean(PaymentReasons.RawOf(ended)));
        }

        async Task FactAsync(string label, string? value, string? details = null)
        {
            if (!string.IsNullOrWhiteSpace(value))
                facts.Add(new PanelFact(await text.OfAsync($"Panel.Fact.{label}"), value, details));
        }
    }

    private async Task<IReadOnlyList<string>> WarningsAsync(PanelView view)
    {
        var warnings = new List<string>();
        if (view.Attempt is not { } attempt)
            return warnings;

        if (view.Transaction is { Amount: { } amount } transaction
            && ((amount != attempt.Amount && amount != attempt.CaptureAmount) || !string.Equals(transaction.Currency, attempt.Currency, StringComparison.OrdinalIgnoreCase)))
        {
            await WarningAsync("Amount", PanelText.Minor(amount, transaction.Currency), PanelText.Minor(attempt.Amount, attempt.Currency));
        }

        if (view.IsUnderReview)
            await WarningAsync("Uncleared");
        if (view.WaitingRefunds.Count > 0)
            await WarningAsync("Reserved");
        if (PaymentSituations.Of(view) == PaymentSituation.Chargeback && IsUnderWay(view.Order))
            await WarningAsync("StopDelivery");
        if (view.CanStart && view.Record.Current is { Closed: false } current && current.ExpiresUtc <= view.NowUtc)
            await WarningAsync("LinkEnded");
        if (IsHeld(view) && MultiSafepayTime.ToUtc(view.Transaction?.PaymentDetails?.CaptureExpiry) is { } end && end - view.NowUtc < _soon)
            await WarningAsync(end > view.NowUtc ? "CaptureSoon" : "CaptureEnded", await text.TimeAsync(end));
        if (view.ShipBeforeUtc is { } latest && latest - view.NowUtc < TimeSpan.FromDays(ShipmentDeadlines.LeastDaysToShip))
            await WarningAsync("ShipSoon", await text.TimeAsync(latest));
        return warnings;

        async Task WarningAsync(string key, params string[] arguments) => warnings.Add(await text.OfAsync($"Panel.Warning.{key}", arguments));
    }

    private static bool IsUnderWay(Order order) => order.ShippingStatus is ShippingStatus.Shipped or ShippingStatus.PartiallyShipped
        || order is { ShippingStatus: ShippingStatus.NotYetShipped, OrderStatus: not OrderStatus.Cancelled };

    // What the bank has taken back and not returned; MultiSafepay does not name an amount for each payment method.
    private static long? ChargedBack(PanelView view)
    {
        if (PaymentSituations.Of(view) == PaymentSituation.Chargeback && (view.Transaction is not { } payment || Chargebacks.In(payment).All(lost => lost.Amount is not > 0)))
            return view.Attempt!.Amount;
        var left = view.Transaction is { } transaction
            ? Chargebacks.In(transaction).Sum(lost => (decimal)Math.Max(0, lost.Amount ?? 0)) - Chargebacks.ReversalsIn(transaction).Sum(back => (decimal)Math.Max(0, back.Amount ?? 0))
            : 0;
        return left > 0 ? (long)Math.Min(left, view.Attempt!.Amount) : null;
    }

    private static bool IsHeld(PanelView view) => view.State == TransactionState.Authorized;

    // Only for cards with manual capture; other methods are charged at once.
    private static long? Captured(PanelView view)
    {
        if (view.Transaction?.PaymentDetails is not { Capture: { Length: > 0 } } details)
            return null;
        var captures = CapturedPayments.CapturedOf(view.Transaction);
        if (captures == 0 && view.State is TransactionState.Completed or TransactionState.Shipped or TransactionState.PartialRefunded or TransactionState.Refunded)
            return view.Transaction.Amount;
        return captures > 0 ? captures : details.CaptureRemain is { } left && view.Transaction.Amount is { } amount ? amount - left : 0;
    }

    private static string? Costs(Transaction? transaction, PaymentAttempt attempt)
    {
        var costs = (transaction?.Costs ?? []).Where(cost => cost.Amount is > 0 and < MaxCost).ToList();
        var currency = costs.Select(cost => cost.Currency).FirstOrDefault(code => !string.IsNullOrEmpty(code)) ?? attempt.Currency;
        return costs.Count == 0 ? null : PanelText.Money(costs.Sum(cost => cost.Amount ?? 0), currency);
    }
}
