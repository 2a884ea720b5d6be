using Nop.Plugin.Payments.MultiSafepay.Api;
using Nop.Plugin.Payments.MultiSafepay.Payments.Transactions;
using NUnit.Framework;

namespace Nop.Plugin.Payments.MultiSafepay.Tests.Payments.Transactions;

/// <summary>MultiSafepay's two fields and the kind of capture, and the one state that they make: the whole table, and what lies outside it.</summary>
[TestFixture]
internal sealed class TransactionStateTests
{
    // status, financial status (* for any), capture (* for any), state; the first row that fits counts.
    private const string Table = """
        initialized      *                *       Initialized
        uncleared        *                *       Uncleared
        reserved         *                *       Reserved
        completed        initialized      manual  Authorized
        completed        initialized      *       Completed
        completed        completed        *       Completed
        completed        uncleared        *       Completed
        completed        -                *       Completed
        completed        refunded         *       Refunded
        completed        partial_refunded *       PartialRefunded
        shipped          initialized      manual  Authorized
        shipped          initialized      *       Completed
        shipped          completed        *       Completed
        shipped          refunded         *       Refunded
        shipped          partial_refunded *       PartialRefunded
        shipped          *                *       Shipped
        declined         *                *       Declined
        cancelled        *                *       Cancelled
        void             cancelled        *       Cancelled
        void             *                *       Void
        expired          *                *       Expired
        refunded         *                *       Refunded
        partial_refunded *                *       PartialRefunded
        chargeback       *                *       Chargeback
        chargedback      *                *       Chargeback
        *                *                *       Unknown
        """;

    private static readonly string[] _words =
    [
        "initialized", "uncleared", "reserved", "completed", "shipped", "declined", "cancelled", "void", "expired", "refunded", "partial_refunded", "chargeback", "chargedback",
        "something-new", ""
    ];

    private static readonly string[][] _rows = [.. Table.Split('\n').Select(row => row.Split(' ', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))];

    [Test]
    public void Every_pair_of_statuses_maps_to_the_state_in_the_table([ValueSource(nameof(_words))] string status) => Assert.Multiple(() =>
    {
        foreach (var financialStatus in _words)
        {
            foreach (var capture in new[] { "", "manual" })
            {
                var row = _rows.First(row => Fits(row[0], status) && Fits(row[1], financialStatus) && Fits(row[2], capture));
                Assert.That(StateFrom(status, financialStatus, capture).ToString(), Is.EqualTo(row[3]), $"{status}/{financialStatus}/{capture}");
            }
        }
    });

    [Test]
    public void Case_and_white_space_of_statuses_are_ignored([ValueSource(nameof(_words))] string status, [Values("initialized", "completed", "cancelled")] string financialStatus) =>
        Assert.That(StateFrom($" {status.ToUpperInvariant()}\t", $"\n{financialStatus.ToUpperInvariant()} ", "MANUAL"), Is.EqualTo(StateFrom(status, financialStatus, "manual")));

    [Test]
    public void A_missing_status_maps_to_unknown_and_a_missing_financial_status_is_ignored() => Assert.Multiple(() =>
    {
        Assert.That(TransactionStates.From(null, null, manualCapture: false), Is.EqualTo(TransactionState.Unknown));
        Assert.That(TransactionStates.From("completed", null, manualCapture: false), Is.EqualTo(TransactionState.Completed));
        Assert.That(TransactionStates.From(new Transaction { OrderId = "A", Status = "completed", FinancialStatus = "initialized" }), Is.EqualTo(TransactionState.Completed), "no details");
    });

    /// <summary>Where the provider collects the money, the two words stay as they are when money goes back: the larger of the two amounts that MultiSafepay may show tells.</summary>
    [Test]
    public void A_refunded_amount_determines_the_state_whatever_the_statuses_say(
        [Values("completed/initialized", "completed/completed", "shipped/completed", "shipped/uncleared", "completed/uncleared")] string words,
        [Values(null, 0L, 1000L, 4995L)] long? amountRefunded, [Values(0L, 1500L, 4995L)] long made, [Values(0L, 2000L)] long waiting)
    {
        var transaction = new Transaction
        {
            OrderId = "A",
            Status = words.Split('/')[0],
            FinancialStatus = words.Split('/')[1],
            Amount = 4995,
            Currency = "EUR",
            AmountRefunded = amountRefunded,
            RelatedTransactions =
            [
                new RelatedTransaction { Type = "refund", Status = "completed", Amount = made, Currency = "EUR" },
                new RelatedTransaction { Type = "refund", Status = "reserved", Amount = waiting, Currency = "EUR" },
                new RelatedTransaction { Type = "refund", Status = "declined", Amount = 4995, Currency = "EUR" },
                new RelatedTransaction { Type = "capture", Status = "completed", Amount = 4995, Currency = "EUR" }
            ]
        };
        var refunded = Math.Max(amountRefunded ?? 0, made);
        var paid = TransactionStates.From(transaction.Status, transaction.FinancialStatus, manualCapture: false);
        Assert.That(TransactionStates.From(transaction), Is.EqualTo(refunded == 0 ? paid : refunded == 4995 ? TransactionState.Refunded : TransactionState.PartialRefunded));
    }

    /// <summary>Every known state is one of three: still open, the end of an attempt that was not paid, or money.</summary>
    [Test]
    public void Every_state_is_exactly_one_of_open_terminal_unpaid_and_funded([Values] TransactionState state)
    {
        TransactionState[] ends = [TransactionState.Declined, TransactionState.Cancelled, TransactionState.Void, TransactionState.Expired];
        TransactionState[] open = [TransactionState.Unknown, TransactionState.Initialized];
        Assert.That((state.IsTerminalUnpaid(), state.IsFunded()), Is.EqualTo((ends.Contains(state), !ends.Contains(state) && !open.Contains(state))));
    }

    private static bool Fits(string pattern, string word) => pattern == "*" || pattern == word || (pattern == "-" && word.Length == 0);

    private static TransactionState StateFrom(string status, string financialStatus, string capture) => TransactionStates.From(new Transaction
    {
        OrderId = "A",
        Status = status,
        FinancialStatus = financialStatus,
        PaymentDetails = new PaymentDetails { Capture = capture.Length == 0 ? null : capture }
    });
}
