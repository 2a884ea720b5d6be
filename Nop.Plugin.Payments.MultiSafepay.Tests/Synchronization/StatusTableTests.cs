using Nop.Core.Domain.Orders;
using Nop.Core.Domain.Payments;
using Nop.Plugin.Payments.MultiSafepay.Api;
using Nop.Plugin.Payments.MultiSafepay.Payments.Orders;
using Nop.Plugin.Payments.MultiSafepay.Payments.Records;
using Nop.Plugin.Payments.MultiSafepay.Payments.Transactions;
using Nop.Plugin.Payments.MultiSafepay.Synchronization;
using NUnit.Framework;
using Sandbox.Simulator.Gateways;

namespace Nop.Plugin.Payments.MultiSafepay.Tests.Synchronization;

/// <summary>
/// Every pair of statuses that MultiSafepay documents for each of its payment methods, payments and refunds, held against the state that is read, what is decided, and what
/// becomes of the order. Sandbox/Simulator/Gateways/method-statuses.tsv names its source.
/// </summary>
[TestFixture]
internal sealed class StatusTableTests
{
    private const string Id = DecisionTests.ThisTransaction;
    private const string RefundId = "4799";

    internal static readonly OrderSnapshot Open = new(OrderStatus.Pending, PaymentStatus.Pending, 49.95m, 0, null, null);
    internal static readonly OrderSnapshot Paid = Open with { OrderStatus = OrderStatus.Processing, PaymentStatus = PaymentStatus.Paid, CaptureTransactionId = Id };
    internal static readonly PaymentRecord Record = new() { Attempts = [DecisionTests.Attempt("A")] };
    internal static readonly PaymentRecord PaidRecord = Record.With($"paid:{Id}").With($"paid-note:{Id}");

    /// <summary>What the documented meaning of a pair makes of an order that waits for its payment.</summary>
    private static (PaymentStatus Payment, OrderStatus Order, string? Note) Expected(string meaning) => meaning switch
    {
        "started" => (PaymentStatus.Pending, OrderStatus.Pending, null),
        "review by the merchant" => (PaymentStatus.Pending, OrderStatus.Pending, "State.Uncleared"),
        "waits for the customer or the provider" or "waits for the provider" => (PaymentStatus.Pending, OrderStatus.Pending, "State.UnclearedWaits"),
        "paid" or "paid, on its way" or "accepted by the provider, who collects: paid" or "accepted (pay later), not captured" or "accepted (pay later), provider collects"
            or "captured (pay later), payout to come" or "captured and settled" => (PaymentStatus.Paid, OrderStatus.Processing, "Paid"),
        "declined" => (PaymentStatus.Pending, OrderStatus.Pending, "State.Declined"),
        "not paid in time" or "not paid, or accepted and not shipped in time" => (PaymentStatus.Pending, OrderStatus.Cancelled, "State.Expired"),
        "cancelled" or "cancelled or charged back" or "cancelled before capture, also after it was accepted" => (PaymentStatus.Pending, OrderStatus.Pending, "State.*"),
        _ => throw new AssertionException($"The table has a meaning that this test does not know: {meaning}")
    };

    private static IEnumerable<TestCaseData> Rows(string about) => File.ReadLines(Repository.PathOf("Sandbox", "Simulator", "Gateways", "method-statuses.tsv"))
        .Where(line => line.Length > 0 && line[0] != '#')
        .Select(line => line.Split('\t'))
        .Where(row => row is [not "method", ..] && row[1].StartsWith(about, StringComparison.Ordinal))
        .Select(row => new TestCaseData(row[0], row[2], row[3], row[4]).SetArgDisplayNames(row[0], $"{row[2]}/{row[3]}"));

    internal static IEnumerable<TestCaseData> Payments() => Rows("payment");

    private static IEnumerable<TestCaseData> Refunds() => Rows("refund");

    [Test]
    public void The_whole_table_of_documented_statuses_is_read() => Assert.That((Payments().Count(), Refunds().Count()), Is.EqualTo((212, 79)));

    [TestCaseSource(nameof(Payments))]
    public void Each_documented_payment_status_changes_an_open_order_as_documented(string method, string status, string financialStatus, string meaning)
    {
        var expected = Expected(meaning);
        var transaction = Payment(method, status, financialStatus);
        var actions = Decision.Decide(Open, Record, transaction, StatusMapping.Recommended);
        var after = new OrderModel(Open, Record).Apply(actions);

        Assert.Multiple(() =>
        {
            Assert.That((after.Order.PaymentStatus, after.Order.OrderStatus), Is.EqualTo((expected.Payment, expected.Order)));
            Assert.That(actions.OfType<SyncAction.Note>().Select(note => note.Resource), expected.Note switch
            {
                null => Is.Empty,
                "State.*" => Is.EqualTo(new[] { $"State.{TransactionStates.From(transaction)}" }),
                var note => Is.EqualTo(new[] { note })
            });
            Assert.That(Decision.Decide(after.Order, after.Record, transaction, StatusMapping.Recommended), Is.Empty, "again");
        });
    }

    /// <summary>A payment that the order counts, and that comes to nothing, is reported with a warning: the owner must not ship. Whatever else is documented leaves a paid order as it is.</summary>
    [TestCaseSource(nameof(Payments))]
    public void The_failure_of_a_payment_that_paid_the_order_warns_the_owner(string method, string status, string financialStatus, string meaning)
    {
        var transaction = Payment(method, status, financialStatus);
        var actions = Decision.Decide(Paid, PaidRecord, transaction, StatusMapping.Recommended);
        var isEnd = Expected(meaning) is (PaymentStatus.Pending, _, "State.Declined" or "State.Expired" or "State.*");
        var isPayLater = PayLaterMethods.Contains(transaction.PaymentDetails!.Type);
        var warning = !isEnd ? null : status == "void" && financialStatus == "void" && !isPayLater ? "Chargeback" : "PaymentLost";

        Assert.Multiple(() =>
        {
            Assert.That(actions.Where(action => action is not SyncAction.Note), Is.Empty);
            Assert.That(actions.OfType<SyncAction.Note>().Select(note => (note.Resource, note.IsWarning, note.MustBeConfirmed)),
                Is.EqualTo(warning is null ? [] : new[] { (warning, true, warning == "PaymentLost") }));
        });
    }

    [TestCaseSource(nameof(Refunds))]
    public void A_refund_is_booked_only_when_it_has_been_made(string method, string status, string financialStatus, string meaning)
    {
        _ = financialStatus;
        var isMade = meaning == "refund made";
        Assert.That(meaning, Is.AnyOf("refund made", "refund waits", "refund declined"), "The table has a meaning that this test does not know.");

        // MultiSafepay shows the refund with the payment; what the payment's own words become, and whether the sum is shown, differs from method to method.
        foreach (var paid in Payments().Select(row => row.Arguments).Where(row => (string)row[0]! == method && Expected((string)row[3]!).Payment == PaymentStatus.Paid))
        {
            foreach (var sum in new long?[] { null, isMade ? 1000 : 0 })
            {
                var transaction = Payment(method, (string)paid[1]!, (string)paid[2]!) with
                {
                    AmountRefunded = sum,
                    RelatedTransactions = [new RelatedTransaction { Type = "refund", TransactionId = RefundId, OrderId = "A", RefundOrderId = "A-r1", Status = status, Amount = 1000,
                        Currency = "EUR" }]
                };
                Check(transaction, PaidRecord, "from the dashboard");
                Check(transaction, PaidRecord.With(Requested()), "from the shop");
            }
        }

        void Check(Transaction transaction, PaymentRecord record, string from)
        {
            var actions = Decision.Decide(Paid, record, transaction, StatusMapping.Recommended);
            var after = new OrderModel(Paid, record).Apply(actions);
            var name = $"{from}, {transaction.Status}/{transaction.FinancialStatus}, amount_refunded {transaction.AmountRefunded}";
            Assert.Multiple(() =>
            {
                Assert.That((after.Order.PaymentStatus, after.Order.RefundedAmount), Is.EqualTo(isMade ? (PaymentStatus.PartiallyRefunded, 10m) : (PaymentStatus.Paid, 0m)), name);
                Assert.That(Decision.Decide(after.Order, after.Record, transaction, StatusMapping.Recommended), Is.Empty, $"{name}, again");
                if (after.Record.RefundAttempts is [var requested])
                    Assert.That(requested.State, Is.EqualTo(isMade ? RefundState.Counted : meaning == "refund waits" ? RefundState.Waiting : RefundState.Off), name);
            });
        }
    }

    private static RefundAttempt Requested() => new() { RefundOrderId = "A-r1", AttemptId = "A", OrderId = "A", Amount = 1000, OrderAmount = 10m, CreatedUtc = DateTime.UnixEpoch };

    internal static Transaction Payment(string method, string status, string financialStatus) =>
        DecisionTests.Notification("A", Id, status, financialStatus) with { PaymentDetails = new PaymentDetails { Type = DocumentedStatuses.Pages[method][0] } };
}
