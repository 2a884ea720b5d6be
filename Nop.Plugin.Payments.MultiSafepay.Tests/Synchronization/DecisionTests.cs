using Nop.Core.Domain.Orders;
using Nop.Core.Domain.Payments;
using Nop.Plugin.Payments.MultiSafepay.Api;
using Nop.Plugin.Payments.MultiSafepay.Checkout;
using Nop.Plugin.Payments.MultiSafepay.Synchronization;
using NUnit.Framework;

namespace Nop.Plugin.Payments.MultiSafepay.Tests.Synchronization;

/// <summary>
/// The decision over every combination of what the shop can know and what MultiSafepay can say. The rules are the laws of the money, written here as
/// statements about all cases and not as the table once more.
/// </summary>
[TestFixture]
public class DecisionTests
{
    private const long Amount = 4995;
    private const string ThisTransaction = "4711";
    private const string OtherTransaction = "4712";

    private static readonly string[] _statuses =
    [
        "initialized", "uncleared", "reserved", "completed", "shipped", "declined", "cancelled", "void", "expired", "refunded", "partial_refunded",
        "chargeback", "chargedback", "something-new", ""
    ];

    private static readonly string[] _financialStatuses =
        ["initialized", "uncleared", "reserved", "completed", "declined", "cancelled", "void", "expired", "refunded", "partial_refunded", "something-new", ""];

    /// <summary>Which transaction the shop holds responsible for the order's payment.</summary>
    public enum PaidBy
    {
        Nobody,
        This,
        Other
    }

    /// <summary>Which attempt the transaction belongs to.</summary>
    public enum Belongs
    {
        ToTheCurrentAttempt,
        ToAnEarlierAttempt,
        ToNone
    }

    internal static IEnumerable<StatusMapping> Mappings()
    {
        yield return StatusMapping.Recommended;
        foreach (var row in StatusMapping.Rows)
        {
            var (payments, orders) = StatusMapping.Offered(row);
            foreach (var payment in payments)
            {
                foreach (var order in orders)
                    yield return StatusMapping.Recommended.With(row, new StatusChoice(payment, order));
            }
        }
    }

    internal static IEnumerable<(OrderModel Model, Transaction Transaction, string Case)> Cases() =>
        from orderStatus in Enum.GetValues<OrderStatus>()
        from paymentStatus in Enum.GetValues<PaymentStatus>()
        from paidBy in Enum.GetValues<PaidBy>()
        from belongs in Enum.GetValues<Belongs>()
        from status in _statuses
        from financialStatus in _financialStatuses
        from capture in new[] { null, "manual" }
        from charge in new[] { (Amount, Currency: "EUR"), (Amount: Amount - 1, Currency: "EUR"), (Amount, Currency: "USD") }
        let order = Order(orderStatus, paymentStatus, paidBy)
        let transaction = Notification("A", ThisTransaction, status, financialStatus, capture, charge.Amount, charge.Currency, amountRefunded: 1000)
        select (new OrderModel(order, Record(belongs)), transaction, $"{order} {belongs} {status}/{financialStatus}/{capture} {charge.Amount} {charge.Currency}");

    private static OrderSnapshot Order(OrderStatus orderStatus, PaymentStatus paymentStatus, PaidBy paidBy)
    {
        var id = paidBy switch { PaidBy.This => ThisTransaction, PaidBy.Other => OtherTransaction, _ => null };
        return new OrderSnapshot(orderStatus, paymentStatus, 49.95m,
            paymentStatus switch { PaymentStatus.PartiallyRefunded => 10m, PaymentStatus.Refunded => 49.95m, _ => 0m },
            paymentStatus == PaymentStatus.Authorized ? id : null,
            paymentStatus is PaymentStatus.Paid or PaymentStatus.PartiallyRefunded or PaymentStatus.Refunded ? id : null);
    }

    private static PaymentRecord Record(Belongs belongs) => belongs switch
    {
        Belongs.ToTheCurrentAttempt => new PaymentRecord { Attempts = [Attempt("A")] },
        Belongs.ToAnEarlierAttempt => new PaymentRecord { Attempts = [Attempt("A"), Attempt("A-2")] },
        _ => new PaymentRecord { Attempts = [Attempt("B")] }
    };

    [Test]
    public void Every_case_obeys_the_laws_of_the_money()
    {
        var mappings = Mappings().ToList();
        var count = 0;
        foreach (var (before, transaction, name) in Cases())
        {
            var state = TransactionStates.Of(transaction);
            foreach (var mapping in mappings.Where(mapping => mapping == StatusMapping.Recommended || mapping[state] != StatusMapping.Recommended[state]).Distinct())
            {
                count++;
                var actions = Decision.Decide(before.Order, before.Record, transaction, mapping);
                var after = Applied(before, actions, name);

                if (Decision.Decide(after.Order, after.Record, transaction, mapping) is [_, ..] again)
                    Assert.Fail($"Deciding again finds {string.Join("; ", again)} after {string.Join("; ", actions)}: {name}");
                if (Broken(before, after, actions, transaction, state) is { } law)
                    Assert.Fail($"{law}: {string.Join("; ", actions)} for {name}");
            }
        }

        Assert.That(count, Is.GreaterThan(200_000), "The table must not shrink unseen.");
    }

    private static OrderModel Applied(OrderModel before, IReadOnlyList<SyncAction> actions, string name)
    {
        try
        {
            return before.Apply(actions);
        }
        catch (InvalidOperationException exception)
        {
            throw new AssertionException($"{exception.Message}: {string.Join("; ", actions)} for {name}");
        }
    }

    // The first law that is broken, or null.
    private static string? Broken(OrderModel before, OrderModel after, IReadOnlyList<SyncAction> actions, Transaction transaction, TransactionState state)
    {
        var changes = actions.Where(action => action is not SyncAction.Note).ToList();
        var isRightAmount = transaction is { Amount: Amount, Currency: "EUR" };
        var isOurs = before.Record.Find(transaction.OrderId) is not null;

        if (state == TransactionState.Unknown && (changes.Count > 0 || actions.Count != 1))
            return "An unknown status is noted and changes nothing";
        if (!isOurs && (changes.Count > 0 || actions.Count != 1))
            return "What this shop did not ask for is noted and changes nothing";
        if (!isRightAmount && changes.Any(action => action is SyncAction.Pay or SyncAction.Authorize || (action is SyncAction.BookRefund && state != TransactionState.Chargeback && state != TransactionState.Void)))
            return "A wrong amount or currency pays, authorises and refunds nothing";
        if (Rank(after.Order.PaymentStatus) < Rank(before.Order.PaymentStatus))
            return "A payment never moves backwards";
        if (after.Order.PaymentStatus == PaymentStatus.Voided && before.Order.PaymentStatus != PaymentStatus.Voided
            && (before.Order.PaymentStatus != PaymentStatus.Authorized || before.Order.AuthorizationTransactionId != ThisTransaction
                || state is not (TransactionState.Void or TransactionState.Expired)))
            return "Only the end of the very authorisation voids a payment";
        if (before.Order.IsCancelled && changes.Any(action => action is SyncAction.Pay or SyncAction.Authorize or SyncAction.MoveOrder or SyncAction.CancelOrder))
            return "A cancelled order is neither paid nor moved";
        if (before.Order.HasBeenPaid && state is TransactionState.Initialized or TransactionState.Uncleared or TransactionState.Declined or TransactionState.Cancelled or TransactionState.Expired
            && (after.Order.PaymentStatus != before.Order.PaymentStatus && before.Order.HasBeenPaid || (before.Order.HasBeenPaid && after.Order.IsCancelled && !before.Order.IsCancelled)))
            return "A paid order does not end by a later attempt's bad news";
        if (actions.Count(action => action is SyncAction.Pay) > 1 || actions.Count(action => action is SyncAction.CancelOrder) > 1 || actions.Count(action => action is SyncAction.BookRefund) > 1)
            return "Nothing happens twice";
        if (actions.Select(action => action.Applied).Distinct().Count() != actions.Count)
            return "Each action is remembered under a name of its own";
        if (after.Order.RefundedAmount > after.Order.OrderTotal)
            return "No more is refunded than was paid";
        return null;
    }

    private static int Rank(PaymentStatus status) => status switch
    {
        PaymentStatus.Pending => 0,
        PaymentStatus.Authorized => 1,
        PaymentStatus.Voided => 2,
        PaymentStatus.Paid => 3,
        PaymentStatus.PartiallyRefunded => 4,
        _ => 5
    };

    internal static PaymentAttempt Attempt(string orderId, long amount = Amount, string currency = "EUR", decimal rate = 1) => new()
    {
        OrderId = orderId,
        Environment = MultiSafepayEnvironment.Test,
        Currency = currency,
        Amount = amount,
        CurrencyRate = rate,
        CreatedUtc = new DateTime(2026, 3, 1, 12, 0, 0, DateTimeKind.Utc),
        ExpiresUtc = new DateTime(2026, 3, 31, 12, 0, 0, DateTimeKind.Utc),
        PaymentUrl = $"https://payv2.example.com/{orderId}"
    };

    internal static Transaction Notification(
        string orderId, string transactionId, string status, string financialStatus, string? capture = null, long amount = Amount, string currency = "EUR", long? amountRefunded = null) => new()
        {
            OrderId = orderId,
            TransactionId = transactionId,
            Status = status,
            FinancialStatus = financialStatus,
            Amount = amount,
            AmountRefunded = amountRefunded,
            Currency = currency,
            PaymentDetails = new PaymentDetails { Type = "IDEAL", Capture = capture }
        };
}
