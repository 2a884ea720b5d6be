using System.Globalization;
using Nop.Core.Domain.Orders;
using Nop.Core.Domain.Payments;
using Nop.Plugin.Payments.MultiSafepay.Payments.Notices;
using Nop.Plugin.Payments.MultiSafepay.Subscriptions;
using Sandbox.Simulator.State;

namespace Nop.Plugin.Payments.MultiSafepay.Tests.Scenarios;

/// <content>Subscriptions: an order and a payment for each cycle, none too early, none too many, and none after the end.</content>
internal sealed partial class Oracle
{
    private const int TotalCycles = 3;

    // A task comes by when it comes by.
    private static readonly TimeSpan _aBit = TimeSpan.FromMinutes(15);
    private static readonly TimeSpan _almostADay = TimeSpan.FromHours(22);

    // After these the details must not be charged again (docs.multisafepay.com, Card payment errors).
    private static readonly string[] _neverAgain = ["4003", "4004", "4005"];

    private async Task JudgeSubscriptionAsync(IReadOnlyList<Case> cases, bool isOver)
    {
        if (await runner.RecurringAsync() is not { } recurring || cases.Count == 0)
            return;
        var (database, first) = (runner.Host.Database, cases[0]);
        var hasEnded = HasEnded(recurring, first);
        var history = (await database.ListAsync<RecurringPaymentHistory>(row => row.RecurringPaymentId == recurring.Id)).Select(row => row.OrderId).ToList();

        // What nopCommerce loses when it dies while it places the first order, it loses.
        if (!history.Contains(first.Order.Id))
            return;
        if (!history.Order().SequenceEqual(cases.Select(c => c.Order.Id).Order()))
            Wrong(first, $"nopCommerce counts the orders {string.Join(", ", history)}, and there are {string.Join(", ", cases.Select(c => c.Order.Id))}");
        if (cases.Count > TotalCycles)
            Wrong(first, $"{cases.Count} orders were made");
        var numbers = (await database.ListAsync<MultiSafepaySubscriptionCycle>(row => row.InitialOrderId == first.Order.Id)).Select(row => row.Number).Order().ToList();
        // A number that was taken by a node that died is given back before the next order is made, which does not come after the end.
        if (!numbers.SequenceEqual(Enumerable.Range(2, cases.Count - 1)) && !(hasEnded && numbers.SequenceEqual(Enumerable.Range(2, cases.Count))))
            Wrong(first, $"its later orders have the numbers {string.Join(", ", numbers)}");

        for (var i = 1; i < cases.Count; i++)
            await JudgeLaterAsync(first, cases[i - 1].Order, cases[i], i);
        JudgeCharges(cases);
        JudgeSubscriptionMails(cases);
        if (isOver)
            JudgeEnd(recurring, cases);
    }

    private async Task JudgeLaterAsync(Case first, Order before, Case later, int months)
    {
        var made = later.Order.CreatedOnUtc;
        var isAskedFor = runner.Subscription.AskedFor.Exists(at => (made - at.UtcDateTime).Duration() < _aBit);
        if (later.Order.OrderTotal != first.Order.OrderTotal && !first.Purchase.IsTotalEdited)
            Wrong(later, $"it costs not what the first one did, {first.Order.OrderTotal}");
        if (later.Order.CustomerCurrencyCode != first.Order.CustomerCurrencyCode || later.Order.CurrencyRate != first.Order.CurrencyRate)
            Wrong(later, "it is in another currency than the first one");
        if (!(await ItemsAsync(later)).SequenceEqual(await ItemsAsync(first)))
            Wrong(later, "its items are not those of the first one");
        if (!isAskedFor && made < first.Order.CreatedOnUtc.AddMonths(months) - _aBit)
            Wrong(later, string.Create(CultureInfo.InvariantCulture, $"it was made at {made:u}, and the first one at {first.Order.CreatedOnUtc:u}"));
        if (!isAskedFor && made - before.CreatedOnUtc < _almostADay)
            Wrong(later, string.Create(CultureInfo.InvariantCulture, $"it was made {made - before.CreatedOnUtc} after the one before"));
        if (!isAskedFor && runner.Subscription.Pauses.Exists(pause => made > pause.From.UtcDateTime + _aBit && !(made > pause.To?.UtcDateTime)))
            Wrong(later, "it was made while the subscription was paused");
        if (runner.Subscription.EndedAt is { } ended && made > ended.UtcDateTime + _aBit)
            Wrong(later, "it was made after the subscription had ended");
    }

    private async Task<List<(int, int, decimal)>> ItemsAsync(Case c) =>
        [.. (await runner.Host.Database.ListAsync<OrderItem>(item => item.OrderId == c.Order.Id)).Select(item => (item.ProductId, item.Quantity, item.PriceInclTax))];

    private void JudgeCharges(IReadOnlyList<Case> cases)
    {
        var refused = new Dictionary<string, DateTimeOffset>();
        foreach (var c in cases)
        {
            var charges = c.Money.Orders.SelectMany(order => order.Sessions).Where(session => session.Token is not null && c.Purchase.Owns(session)).OrderBy(session => session.Created).ToList();
            if (charges.Zip(charges.Skip(1)).Any(pair => pair.Second.Created - pair.First.Created < _almostADay))
                Wrong(c, $"it was charged at {string.Join(", ", charges.Select(charge => $"{charge.Created:u}"))}");
            if (charges.Count > 0 && c == cases[0])
                Wrong(c, "the first order was charged without the customer");
            if (runner.Subscription.EndedAt is { } ended && charges.Exists(charge => charge.Created > ended + _aBit))
                Wrong(c, "it was charged after the subscription had ended");
            foreach (var charge in charges)
            {
                if (refused.TryGetValue(charge.Token!.Id, out var at) && charge.Created > at)
                    Wrong(c, $"details were charged at {charge.Created:u} that must not be since {at:u}");
                if (c.Money.Orders.SelectMany(order => order.Transactions).FirstOrDefault(transaction => transaction.Session == charge) is { Status: Status.Declined } declined
                    && declined.ReasonCode is { } code && _neverAgain.Contains(code))
                    refused.TryAdd(charge.Token.Id, declined.Created);
            }
        }
    }

    // nopCommerce can undo the cancellation of the recurring payment that it is making an order of, but not that of the order.
    private static bool HasEnded(RecurringPayment recurring, Case first) => !recurring.IsActive || first.Order.OrderStatus == OrderStatus.Cancelled;

    private void JudgeSubscriptionMails(IReadOnlyList<Case> cases)
    {
        var mails = cases.SelectMany(c => runner.Host.Database.Mails.ForOrder(c.Order.Id)).Select(mail => mail.Template).ToList();
        if (mails.Count(template => template == CustomerMailTemplates.SubscriptionCancelled) > 1)
            Wrong(cases[0], "the customer was told of the end several times");

        // Once for each date; the date moves when payments were missed.
        if (mails.Count(template => template == CustomerMailTemplates.SubscriptionAnnounced) > 2 * TotalCycles)
            Wrong(cases[0], "the customer was told of the next payment too often");
    }

    private void JudgeEnd(RecurringPayment recurring, IReadOnlyList<Case> cases)
    {
        var first = cases[0];
        var isPaid = first.Order.PaymentStatus is PaymentStatus.Paid or PaymentStatus.PartiallyRefunded;
        var isPaused = runner.Subscription.Pauses.Exists(pause => pause.To is null) || first.Alerts.Contains(SubscriptionFailures.Failed)
            || first.Money.Refunded > 0 || cases.Any(c => c.Money.WasChargedBack);
        if (!HasEnded(recurring, first) && isPaid && !isPaused && cases.Count < TotalCycles)
            Wrong(first, $"only {cases.Count} orders were made by {runner.Host.Time.Now:u}");
        foreach (var c in cases.Skip(1).Where(c => c.Order is { PaymentStatus: PaymentStatus.Pending, OrderStatus: not OrderStatus.Cancelled }))
        {
            if (!HasEnded(recurring, first) && !first.Alerts.Contains(SubscriptionFailures.Failed) && runner.Host.Time.Now.UtcDateTime - c.Order.CreatedOnUtc > TimeSpan.FromDays(40))
                Wrong(c, "it is not paid, and nobody was told");
        }

        var isDone = HasEnded(recurring, first) || cases.Count == TotalCycles;
        lock (runner.Host.Ledger.Gate)
        {
            if (isDone && runner.Host.Simulated<TokenVault>().All is { Count: > 0 } tokens)
                Wrong(first, $"{tokens.Count} payment details are still stored, for {(recurring.IsActive ? "an active" : "an ended")} subscription with {cases.Count} orders");
        }
    }
}
