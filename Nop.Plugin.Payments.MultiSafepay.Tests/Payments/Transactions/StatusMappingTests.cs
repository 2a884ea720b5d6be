using Nop.Core.Domain.Orders;
using Nop.Core.Domain.Payments;
using Nop.Plugin.Payments.MultiSafepay.Api;
using Nop.Plugin.Payments.MultiSafepay.Payments.Orders;
using Nop.Plugin.Payments.MultiSafepay.Payments.Records;
using Nop.Plugin.Payments.MultiSafepay.Payments.Transactions;
using Nop.Plugin.Payments.MultiSafepay.Synchronization;
using Nop.Plugin.Payments.MultiSafepay.Tests.Synchronization;
using NUnit.Framework;

namespace Nop.Plugin.Payments.MultiSafepay.Tests.Payments.Transactions;

/// <summary>The owner's table: what it offers has an effect, what makes no sense is refused, and it survives being stored.</summary>
[TestFixture]
public class StatusMappingTests
{
    // What the owner may choose in each row; the first of each is recommended, but for Expired, which cancels.
    private const string Table = """
        Initialized     | None               | Leave Processing
        Uncleared       | None Authorize     | Leave Processing
        Reserved        | None               | Leave
        Completed       | Pay Authorize None | Leave Processing Complete
        Authorized      | Authorize None     | Leave Processing
        Shipped         | Pay Authorize None | Leave Processing Complete
        Declined        | None               | Leave Cancelled
        Cancelled       | None               | Leave Cancelled
        Void            | Void None          | Leave Cancelled
        Expired         | Void None          | Leave Cancelled
        Refunded        | Refund None        | Leave Cancelled
        PartialRefunded | Refund None        | Leave
        Chargeback      | None Refund        | Leave Cancelled
        """;

    private static IEnumerable<TestCaseData> Cells() =>
        from row in StatusMapping.Rows
        let offered = StatusMapping.Offered(row)
        from payment in offered.Payments
        from order in offered.Orders
        select new TestCaseData(row, new StatusChoice(payment, order)).SetName($"{{m}}({row}, {payment}, {order?.ToString() ?? "leave"})");

    [TestCaseSource(nameof(Cells))]
    public void Every_offered_choice_has_its_effect(TransactionState row, StatusChoice choice)
    {
        var (order, record, transaction) = Situation(row);
        var actions = Decision.Decide(order, record, transaction, StatusMapping.Recommended.With(row, choice));

        Type? expectedPayment = choice.Payment switch
        {
            PaymentAction.Pay => typeof(SyncAction.Pay),
            PaymentAction.Authorize => typeof(SyncAction.Authorize),
            PaymentAction.Void => typeof(SyncAction.VoidAuthorization),
            PaymentAction.Refund => typeof(SyncAction.BookRefund),
            _ => null
        };
        Type? expectedOrder = choice.OrderStatus switch { null => null, OrderStatus.Cancelled => typeof(SyncAction.CancelOrder), _ => typeof(SyncAction.MoveOrder) };
        var changes = actions.Where(action => action is not SyncAction.Note).Select(action => action.GetType()).ToList();
        Assert.That(changes, Is.EquivalentTo(new[] { expectedPayment, expectedOrder }.OfType<Type>()));
        if (choice.OrderStatus is { } status && actions.OfType<SyncAction.MoveOrder>().SingleOrDefault() is { } move)
            Assert.That(move.Status, Is.EqualTo(status));
    }

    [TestCaseSource(nameof(Cells))]
    public void Every_choice_round_trips_through_storage(TransactionState row, StatusChoice choice)
    {
        var mapping = StatusMapping.Recommended.With(row, choice);
        Assert.That(StatusMapping.Parse(mapping.ToString()), Is.EqualTo(mapping));
    }

    [Test]
    public void A_choice_that_is_not_offered_is_rejected([Values] TransactionState row, [Values] PaymentAction payment, [Values] OrderStatus order)
    {
        var choice = new StatusChoice(payment, order);
        if (StatusMapping.IsOffered(row, choice))
            Assert.That(StatusMapping.Recommended.With(row, choice)[row], Is.EqualTo(choice));
        else
            Assert.That(() => StatusMapping.Recommended.With(row, choice), Throws.ArgumentException);
    }

    [TestCase(TransactionState.Completed, PaymentAction.Void)]
    [TestCase(TransactionState.Completed, PaymentAction.Refund)]
    [TestCase(TransactionState.Refunded, PaymentAction.Pay)]
    [TestCase(TransactionState.PartialRefunded, PaymentAction.Pay)]
    [TestCase(TransactionState.Declined, PaymentAction.Pay)]
    [TestCase(TransactionState.Expired, PaymentAction.Pay)]
    [TestCase(TransactionState.Initialized, PaymentAction.Pay)]
    [TestCase(TransactionState.Unknown, PaymentAction.None)]
    public void A_payment_action_that_contradicts_the_status_is_not_offered(TransactionState row, PaymentAction payment) =>
        Assert.That(StatusMapping.IsOffered(row, new StatusChoice(payment)), Is.False);

    [TestCase(null)]
    [TestCase("")]
    [TestCase("nonsense")]
    [TestCase("completed=Void,Leave;refunded=Pay,Leave")]
    [TestCase("completed=Pay,99;=;;a=b,c;Completed=Pay")]
    [TestCase("99=None,Leave;completed=99,Leave")]
    public void An_invalid_stored_mapping_falls_back_to_the_recommended_one(string? text) => Assert.That(StatusMapping.Parse(text), Is.EqualTo(StatusMapping.Recommended));

    [Test]
    public void The_offered_choices_match_the_table_and_the_first_is_recommended() => Assert.Multiple(() =>
    {
        Assert.That(
            StatusMapping.Rows.Select(row => (row, StatusMapping.Offered(row)))
                .Select(row => $"{row.row,-15} | {string.Join(' ', row.Item2.Payments),-18} | {string.Join(' ', row.Item2.Orders.Select(order => order?.ToString() ?? "Leave"))}"),
            Is.EqualTo(Table.Split('\n').Select(row => row.TrimEnd())));
        foreach (var row in StatusMapping.Rows)
        {
            Assert.That(StatusMapping.Recommended[row].Payment, Is.EqualTo(StatusMapping.Offered(row).Payments[0]), $"{row}");
            Assert.That(StatusMapping.Recommended[row].OrderStatus, Is.EqualTo(row == TransactionState.Expired ? OrderStatus.Cancelled : null), $"{row}");
        }
    });

    [Test]
    public void An_unknown_state_maps_to_no_action() => Assert.That(StatusMapping.Recommended[TransactionState.Unknown], Is.EqualTo(new StatusChoice(PaymentAction.None)));

    // Settings outlive the version that wrote them, and people edit them by hand.
    [TestCase("Expired=None,Leave")]
    [TestCase("expired=none,leave")]
    [TestCase("expired=none,cancelled;expired=none,leave")]
    [TestCase(" Completed=Pay,Leave; ;EXPIRED=NONE,LEAVE ;")]
    [TestCase("nonsense;Expired=None,Leave;Completed=Void,Leave;Completed=Pay,nonsense;x=Pay,Leave;Completed=x,Leave;Completed=Authorize,Leave,Leave;Completed=Authorize,nonsense")]
    public void Valid_rows_of_a_stored_mapping_are_read_and_invalid_ones_ignored(string text) =>
        Assert.That(StatusMapping.Parse(text), Is.EqualTo(StatusMapping.Recommended.With(TransactionState.Expired, new StatusChoice(PaymentAction.None))));

    [TestCase("completed=pay,COMPLETE", OrderStatus.Complete)]
    [TestCase("completed=Pay,Processing", OrderStatus.Processing)]
    [TestCase("completed=Pay,30", OrderStatus.Complete, Description = "its number in nopCommerce")]
    public void An_order_status_is_read_by_name_or_number_in_any_case(string text, OrderStatus status) =>
        Assert.That(StatusMapping.Parse(text)[TransactionState.Completed], Is.EqualTo(new StatusChoice(PaymentAction.Pay, status)));

    [Test]
    public void A_mapping_is_stored_as_one_line_with_every_row()
    {
        var text = StatusMapping.Recommended.With(TransactionState.Completed, new StatusChoice(PaymentAction.Pay, OrderStatus.Complete)).ToString();
        Assert.That(text.Split(';'), Has.Length.EqualTo(StatusMapping.Rows.Count).And.Contains("Completed=Pay,Complete").And.Contains("Expired=Void,Cancelled").And.Contains("Reserved=None,Leave"));
    }

    [Test]
    public void Mappings_are_equal_if_and_only_if_their_rows_are()
    {
        var mappings = DecisionTests.Mappings().ToList();
        var copies = mappings.Select(mapping => StatusMapping.Parse(mapping.ToString())).ToList();
        Assert.Multiple(() =>
        {
            foreach (var (mapping, copy) in mappings.Zip(copies))
                Assert.That((copy.Equals((object)mapping), copy.GetHashCode()), Is.EqualTo((true, mapping.GetHashCode())));
            Assert.That(mappings.Distinct().Count(), Is.EqualTo(mappings.Count - StatusMapping.Rows.Count), "the recommendation itself comes once more for each row");
            Assert.That(mappings.Distinct().Select(mapping => mapping.GetHashCode()).Distinct().Count(), Is.EqualTo(mappings.Distinct().Count()));
            Assert.That(mappings[0].Equals((StatusMapping?)null), Is.False);
            Assert.That(mappings[0].Equals("Completed=Pay,Leave"), Is.False);
        });
    }

    [Test]
    public void A_rejected_choice_is_named_in_the_exception() => Assert.That(
        () => StatusMapping.Recommended.With(TransactionState.Refunded, new StatusChoice(PaymentAction.Pay)),
        Throws.ArgumentException.With.Message.Contains("Refunded").And.Message.Contains("Pay").And.Property("ParamName").EqualTo("choice"));

    [Test]
    public void The_recommended_mapping_is_stored_as_empty_text() => Assert.That(StatusMapping.Recommended.ToString(), Is.Empty);

    // The order and the notification in which a row of the table is at work.
    private static (OrderSnapshot Order, PaymentRecord Record, Transaction Transaction) Situation(TransactionState row)
    {
        var (status, financialStatus, capture) = row switch
        {
            TransactionState.Initialized => ("initialized", "initialized", null),
            TransactionState.Uncleared => ("uncleared", "uncleared", null),
            TransactionState.Reserved => ("reserved", "reserved", null),
            TransactionState.Completed => ("completed", "completed", null),
            TransactionState.Authorized => ("completed", "initialized", "manual"),
            TransactionState.Shipped => ("shipped", "uncleared", null),
            TransactionState.Declined => ("declined", "declined", null),
            TransactionState.Cancelled => ("cancelled", "cancelled", null),
            TransactionState.Void => ("void", "void", "manual"),
            TransactionState.Expired => ("expired", "expired", "manual"),
            TransactionState.Refunded => ("refunded", "refunded", null),
            TransactionState.PartialRefunded => ("partial_refunded", "partial_refunded", null),
            TransactionState.Chargeback => ("chargedback", "void", (string?)null),
            _ => throw new ArgumentOutOfRangeException(nameof(row), row, "A row without a scene")
        };
        var order = row switch
        {
            TransactionState.Void or TransactionState.Expired => new OrderSnapshot(OrderStatus.Pending, PaymentStatus.Authorized, 49.95m, 0, "1", null),
            TransactionState.Refunded or TransactionState.PartialRefunded or TransactionState.Chargeback =>
                new OrderSnapshot(OrderStatus.Processing, PaymentStatus.Paid, 49.95m, 0, null, "1"),
            _ => new OrderSnapshot(OrderStatus.Pending, PaymentStatus.Pending, 49.95m, 0, null, null)
        };
        return (order, new PaymentRecord { Attempts = [DecisionTests.Attempt("A")] },
            DecisionTests.Notification("A", "1", status, financialStatus, capture, amountRefunded: row is TransactionState.Refunded or TransactionState.PartialRefunded ? 1000 : 0));
    }
}
