using System.Globalization;
using System.Text.RegularExpressions;
using Microsoft.Extensions.DependencyInjection;
using Nop.Core.Domain.Catalog;
using Nop.Core.Domain.Logging;
using Nop.Core.Domain.Orders;
using Nop.Plugin.Payments.MultiSafepay.Payments.Notices;
using Nop.Plugin.Payments.MultiSafepay.Payments.Records;
using Sandbox.Simulator.State;

namespace Nop.Plugin.Payments.MultiSafepay.Tests.Scenarios;

/// <summary>
/// How a story ended, in the shop and at MultiSafepay, without the ids and times that differ from one time to the next.
/// </summary>
/// <param name="Facts">What must be the same whatever happened on the way.</param>
/// <param name="OrderStatus">The order's status, which nopCommerce moves on in the middle of an operation.</param>
/// <param name="Stock">How much of the product is missing in stock.</param>
/// <param name="Mails">How many mails of each kind went out.</param>
/// <param name="Notes">How often each thing was noted by the plugin.</param>
internal sealed partial record EndState(
    IReadOnlyDictionary<string, string> Facts, OrderStatus OrderStatus, int Stock, IReadOnlyDictionary<string, int> Mails, IReadOnlyDictionary<string, int> Notes)
{
    // It is not known whether MultiSafepay has taken a part, which is not reported again: the rest, or all of it, is one order there, and not two.
    private bool HasUnansweredPart { get; init; }

    // A refund that was divided over parts, and interrupted by the crash, is booked piece by piece: nopCommerce tells of each, and so does the plugin.
    private int Pieces { get; init; }

    private const int StockBefore = 100_000;
    private const string Invoice = "invoice_id";
    private const string Books = "MultiSafepay's books";
    private const string Statuses = "MultiSafepay's statuses";

    // These tell of what the crash itself led to: a refund that was never sent, something that was tried and had to be tried again.
    private static readonly string[] _notesOfCrashes = ["never arrived at MultiSafepay", "tried again automatically"];

    // nopCommerce has noted that the order was marked as paid, authorised or refunded.
    private static readonly string[] _notesOfPayments = [" paid with ", " authorised with ", " refunded (transaction "];

    // A button's answer is shown to whoever pressed it; where it is not, the payment's own story tells what became of it.
    private static readonly string[] _notesOfButtons =
    [
        " paid with ", " authorised with ", " refunded (transaction ", " was voided (transaction ", ": the payment link for ", "open payment was cancelled",
        " is waiting for the bank or for sufficient balance"
    ];

    public static async Task<EndState> OfAsync(StoryRun run)
    {
        var (host, order) = (run.Host, await run.OrderAsync());
        var books = run.Purchase.OrdersIn(host.Ledger);
        var money = Money.From(run.Purchase, host.Ledger);
        var names = Names(books);
        var (record, alerts, followUps) = await host.Nodes[0].InScopeAsync(async services => (
            await services.GetRequiredService<PaymentRecordStore>().LoadAsync(order),
            await services.GetRequiredService<MerchantAlerts>().OpenAsync(),
            await services.GetRequiredService<FollowUpList>().OrdersWithOpenWorkAsync()));
        var facts = new Dictionary<string, string>
        {
            ["the order is cancelled"] = $"{order.OrderStatus == OrderStatus.Cancelled}",
            ["the payment"] = $"{order.PaymentStatus}",
            ["refunded"] = string.Create(CultureInfo.InvariantCulture, $"{order.RefundedAmount:0.00} of {order.OrderTotal:0.00}"),
            ["paid"] = $"{order.PaidDateUtc is not null}",
            ["deleted"] = $"{order.Deleted}",
            ["shipped"] = $"{order.ShippingStatus}",
            ["authorised by"] = Anonymous(order.AuthorizationTransactionId, names),
            ["paid by"] = Anonymous(order.CaptureTransactionId, names),
            ["alerts"] = string.Join(", ", alerts.Select(alert => alert.Kind).Order(StringComparer.Ordinal)),
            ["open attempts"] = Text(record.Attempts.Count(attempt => attempt is { Closed: false, HoldsMoney: false })),
            ["handed over"] = $"{record.PendingSave?.Kind}",
            ["unsettled refunds"] = Text(record.RefundAttempts.Count(refund => refund.IsUnsettled)),
            ["left to do"] = Text(followUps.Count),
            [Books] = string.Create(CultureInfo.InvariantCulture,
                $"{money.Payments.Count} payments, charged {money.Charged}, held {money.Held}, captured {money.Captured}, "
                + $"refunded {money.Refunded} in {money.RefundCount}, charged back {money.ChargedBack}"),
            [Statuses] = string.Join(", ", books.Where(other => other.IsUsed).Select(other => $"{other.Status}/{other.FinancialStatus}")),
            ["told of shipments"] = string.Join(", ", books.SelectMany(other => other.Shipment.Keys).Distinct().Where(field => field != Invoice).Order(StringComparer.Ordinal)),
            [Invoice] = $"{books.Any(other => other.Shipment.ContainsKey(Invoice))}",
            ["links that can be paid"] = Text(money.Payable(host.Time.Now).Count()),
            ["errors in the log"] = string.Join(" | ", (await host.Database.ListAsync<Log>(IsOurError)).Select(log => $"{log.ShortMessage} {log.FullMessage}"))
        };
        var notes = (await host.Database.ListAsync<OrderNote>(note => note.OrderId == order.Id)).Select(note => note.Note).Where(IsOurs).Select(note => Anonymous(note, names));
        return new EndState(facts, order.OrderStatus, StockBefore - (await host.Database.FindAsync<Product>(1))!.StockQuantity,
            Count(host.Database.Mails.ForOrder(order.Id).Select(mail => mail.Template)), Count(notes))
        {
            Pieces = record.RefundAttempts.Count(refund => refund.IsOfSplit),
            HasUnansweredPart = record.Attempts.Any(attempt => attempt.Parts.Any(part => part.OrderId is null))
        };
    }

    /// <summary>What is not as it has to be, compared with how the story ended undisturbed.</summary>
    /// <param name="undisturbed">How it ended when no node was killed.</param>
    /// <param name="killed">Where the node was killed.</param>
    public IEnumerable<string> Differences(EndState undisturbed, KillPoint killed)
    {
        foreach (var (name, value) in undisturbed.Facts)
        {
            if (Facts[name] != value && !IsBetter(name, value) && !(HasUnansweredPart && IsOfParts(name, value)))
                yield return $"{name}: {Facts[name]}, and not {value}";
        }

        // What nopCommerce does after it has saved an order, it does not make good: the status that follows from the payment, a mail, the stock that a cancellation gives back.
        var isHalf = killed.Operation is not null;
        if (OrderStatus != undisturbed.OrderStatus && !isHalf)
            yield return $"the order is {OrderStatus}, and not {undisturbed.OrderStatus}";
        if (Stock != undisturbed.Stock && !(isHalf && killed.IsCancelling && Stock > undisturbed.Stock))
            yield return $"{Stock} are out of stock, and not {undisturbed.Stock}";
        foreach (var mail in Mails.Keys.Union(undisturbed.Mails.Keys))
        {
            var (count, expected) = (Mails.GetValueOrDefault(mail), undisturbed.Mails.GetValueOrDefault(mail));
            if ((count > expected && !(IsOfRefund(mail) && count <= undisturbed.Pieces)) || (count < expected && !isHalf))
                yield return $"{count} mails {mail}, and not {expected}";
        }

        // A note is written before it is remembered: who dies in between tells it once more, and tells nothing else twice. What nopCommerce saves and the plugin tells
        // afterwards may be left untold, or told in the words of the task that finds it.
        if (HasUnansweredPart)
            yield break;
        var (twice, untold, told) = (0, 0, 0);
        foreach (var note in Notes.Keys.Union(undisturbed.Notes.Keys))
        {
            var (count, expected) = (Notes.GetValueOrDefault(note), undisturbed.Notes.GetValueOrDefault(note));
            if (count < expected && (!IsToldAfterwards(note, killed) || untold++ > 0))
                yield return $"not noted: {note}";
            else if (expected == 0 && count > 0 && !_notesOfCrashes.Any(crash => note.Contains(crash, StringComparison.Ordinal)) && !(killed.IsRemembering && twice++ == 0)
                && (!(killed.IsOfPerson && IsToldAfterwards(note, killed)) || told++ >= Math.Max(1, undisturbed.Pieces)))
                yield return $"noted: {note}";
            else if (expected > 0 && count > expected && (count > expected + 1 || twice++ > 0))
                yield return $"noted {count} times, and not {expected}: {note}";
        }
    }

    // The task tells the number of the invoice while there is time for it, and what it looked at once more than otherwise is off its list sooner.
    private bool IsBetter(string name, string undisturbed) => name switch
    {
        Invoice => undisturbed == bool.FalseString,
        "open attempts" or "left to do" => int.Parse(Facts[name], CultureInfo.InvariantCulture) < int.Parse(undisturbed, CultureInfo.InvariantCulture),
        _ => false
    };

    // All money is where it would be; only the number of orders and refunds that it is divided into differs.
    private bool IsOfParts(string name, string undisturbed) => name switch
    {
        Books => Refunds().Replace(Facts[name], string.Empty) == Refunds().Replace(undisturbed, string.Empty),
        Statuses => true,
        _ => false
    };

    private static bool IsOfRefund(string mail) => mail.StartsWith("OrderRefunded.", StringComparison.Ordinal);

    private static bool IsToldAfterwards(string note, KillPoint killed) =>
        (killed.IsOfPerson ? _notesOfButtons : _notesOfPayments).Any(told => note.Contains(told, StringComparison.Ordinal));

    // Each payment and each refund by its number, so that a note that names the wrong one shows.
    private static Dictionary<string, string> Names(IReadOnlyList<SimulatedOrder> books)
    {
        var names = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var order in books.Where(order => order.IsUsed))
        {
            foreach (var transaction in order.Transactions.Where(transaction => transaction.Completed is not null))
            {
                // What was captured is named by the capture or by its authorisation, whoever books it.
                names[Text(transaction.Id)] = transaction is { CaptureOf: null, PartOf: null } ? $"payment {names.Count}" : "payment 0";
                foreach (var related in transaction.Related)
                {
                    names[Text(related.Id)] = $"{related.Type} {names.Count}";
                }
            }
        }

        return names;
    }

    private static string Anonymous(string? text, Dictionary<string, string> names)
    {
        if (string.IsNullOrEmpty(text))
            return "";
        foreach (var (id, name) in names.OrderByDescending(name => name.Key.Length))
            text = text.Replace(id, $"[{name}]", StringComparison.Ordinal);
        return Time().Replace(OrderId().Replace(Id().Replace(text, "[id]"), "(transaction [order])"), "[time]");
    }

    private static bool IsOurError(Log log) => log.LogLevel >= LogLevel.Error && log.ShortMessage.StartsWith(MultiSafepayDefaults.SystemName, StringComparison.Ordinal);

    private static bool IsOurs(string note) => note.StartsWith("MultiSafepay", StringComparison.Ordinal) || note.Contains("at MultiSafepay", StringComparison.Ordinal);

    private static Dictionary<string, int> Count(IEnumerable<string> all) => all.GroupBy(one => one).ToDictionary(same => same.Key, same => same.Count());

    private static string Text<T>(T number) where T : IFormattable => number.ToString(null, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"\d{12,}")]
    private static partial Regex Id();

    // A payment that never began is named by its order, or a refund by its own.
    [GeneratedRegex(@"\(transaction [\w-]{1,50}\)")]
    private static partial Regex OrderId();

    [GeneratedRegex(" in [0-9]+")]
    private static partial Regex Refunds();

    [GeneratedRegex(@"\d{4}-\d\d-\d\d \d\d:\d\d")]
    private static partial Regex Time();
}
