using Nop.Core.Domain.Orders;
using Nop.Core.Domain.Payments;
using Nop.Plugin.Payments.MultiSafepay.Api;
using Nop.Plugin.Payments.MultiSafepay.Payments.Orders;
using Nop.Plugin.Payments.MultiSafepay.Payments.Records;
using Nop.Plugin.Payments.MultiSafepay.Payments.Transactions;
using Nop.Plugin.Payments.MultiSafepay.Synchronization;
using NUnit.Framework;

namespace Nop.Plugin.Payments.MultiSafepay.Tests.Synchronization;

/// <summary>
/// The decision over every combination of what the shop can know and what MultiSafepay can say. The rules are the payment invariants, written here as
/// statements about all cases and not as the table once more.
/// </summary>
[TestFixture]
public class DecisionTests
{
    internal const long Amount = 4995;
    internal const string ThisTransaction = "4711";
    private const string OtherTransaction = "4712";

    internal static readonly string[] Statuses =
    [
        "initialized", "uncleared", "reserved", "completed", "shipped", "declined", "cancelled", "void", "expired", "refunded", "partial_refunded",
        "chargeback", "chargedback", "something-new", ""
    ];

    private static readonly string[] _financialStatuses =
        ["initialized", "uncleared", "reserved", "completed", "declined", "cancelled", "void", "expired", "refunded", "partial_refunded", "something-new", ""];

    // A refund that was counted with more decimals than nopCommerce's database keeps: the order shows less than what went back.
    private static readonly AccountedRefund _fiveDecimals = new(500, 5.00004m);

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

    internal static IEnumerable<(OrderModel Model, Transaction Transaction, string Case)> Cases() => Statuses.SelectMany(Cases);

    internal static IEnumerable<(OrderModel Model, Transaction Transaction, string Case)> Cases(string status) =>
        from orderStatus in Enum.GetValues<OrderStatus>()
        from paymentStatus in Enum.GetValues<PaymentStatus>()
        from paidBy in Enum.GetValues<PaidBy>()
        from belongs in Enum.GetValues<Belongs>()
        from financialStatus in _financialStatuses
        from capture in new[] { null, "manual" }
        from amountRefunded in status is "completed" or "shipped" ? new[] { 0L, 1000L } : [1000L]
        where amountRefunded > 0 || !financialStatus.Contains("refunded", StringComparison.Ordinal)
        from charge in new[] { (Amount, Currency: "EUR"), (Amount: Amount - 1, Currency: "EUR"), (Amount, Currency: "USD") }
        from accounted in paymentStatus == PaymentStatus.PartiallyRefunded ? new[] { null, _fiveDecimals } : [null]
        let order = Order(orderStatus, paymentStatus, paidBy, accounted)
        let transaction = Notification("A", ThisTransaction, status, financialStatus, capture, charge.Amount, charge.Currency, amountRefunded)
        select (new OrderModel(order, accounted is null ? Record(belongs) : Record(belongs).With(accounted)), transaction,
            $"{order} {belongs} {status}/{financialStatus}/{capture} {charge.Amount} {charge.Currency} {amountRefunded} refunded, {accounted?.OrderAmount} accounted for");

    private static OrderSnapshot Order(OrderStatus orderStatus, PaymentStatus paymentStatus, PaidBy paidBy, AccountedRefund? accounted)
    {
        var id = paidBy switch { PaidBy.This => ThisTransaction, PaidBy.Other => OtherTransaction, _ => null };
        return new OrderSnapshot(orderStatus, paymentStatus, 49.95m,
            paymentStatus switch { PaymentStatus.PartiallyRefunded => accounted is null ? 10m : OrderAmounts.Round(accounted.OrderAmount), PaymentStatus.Refunded => 49.95m, _ => 0m },
            paymentStatus is PaymentStatus.Authorized or PaymentStatus.Voided ? id : null,
            paymentStatus is PaymentStatus.Paid or PaymentStatus.PartiallyRefunded or PaymentStatus.Refunded ? id : null);
    }

    private static PaymentRecord Record(Belongs belongs) => belongs switch
    {
        Belongs.ToTheCurrentAttempt => new PaymentRecord { Attempts = [Attempt("A")] },
        Belongs.ToAnEarlierAttempt => new PaymentRecord { Attempts = [Attempt("A"), Attempt("A-2")] },
        _ => new PaymentRecord { Attempts = [Attempt("B")] }
    };

    [TestCaseSource(nameof(Statuses))]
    public void Every_case_satisfies_the_payment_invariants(string status)
    {
        var mappings = Mappings().Distinct().ToList();
        var choices = StatusMapping.Rows.Append(TransactionState.Unknown)
            .ToDictionary(state => state, state =>
                mappings.Where(mapping => mapping == StatusMapping.Recommended || RowsFor(state).Any(row => mapping[row] != StatusMapping.Recommended[row])).ToList());
        var count = 0;
        foreach (var (before, transaction, name) in Cases(status))
        {
            foreach (var mapping in choices[TransactionStates.From(transaction)])
            {
                count++;
                var actions = Decision.Decide(before.Order, before.Record, transaction, mapping);
                var after = Applied(before, actions, name);

                if (Decision.Decide(after.Order, after.Record, transaction, mapping) is [_, ..] again)
                    Assert.Fail($"Deciding again finds {string.Join("; ", again)} after {string.Join("; ", actions)}: {name}");
                if (new DecidedCase(before, after, actions, transaction, mapping).ViolatedInvariant is { } invariant)
                    Assert.Fail($"{invariant}: {string.Join("; ", actions)} for {name}, {transaction.Status} mapped to {mapping[TransactionStates.From(transaction)]}");
            }
        }

        Assert.That(count, Is.GreaterThan(15_000), "The table must not shrink unseen.");
    }

    // The rows of the owner's table that a state may be about.
    private static TransactionState[] RowsFor(TransactionState state) => state switch
    {
        TransactionState.Void => [state, TransactionState.Chargeback],
        TransactionState.Declined or TransactionState.Cancelled => [state, TransactionState.Void],
        TransactionState.Refunded or TransactionState.PartialRefunded => [state, TransactionState.Completed],
        _ => [state]
    };

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
