using Nop.Core.Domain.Orders;
using Nop.Core.Domain.Payments;
using Nop.Plugin.Payments.MultiSafepay.Api;
using Nop.Plugin.Payments.MultiSafepay.Payments.Orders;
using Nop.Plugin.Payments.MultiSafepay.Payments.Transactions;
using Nop.Plugin.Payments.MultiSafepay.Synchronization;

namespace Nop.Plugin.Payments.MultiSafepay.Tests.Synchronization;

/// <summary>
/// One case of <see cref="DecisionTests"/> with what was decided, and the payment invariants that it has to obey: first what must never happen, then for each
/// change exactly when it happens.
/// </summary>
internal sealed record DecidedCase(OrderModel Before, OrderModel After, IReadOnlyList<SyncAction> Actions, Transaction Transaction, StatusMapping Mapping)
{
    private const string This = DecisionTests.ThisTransaction;
    private const decimal Total = 49.95m;
    private const long PartRefunded = 1000;

    /// <summary>The first invariant that is broken, or null.</summary>
    public string? ViolatedInvariant => _never.FirstOrDefault(invariant => invariant.IsViolated(this)).Invariant
        ?? _exactly.FirstOrDefault(invariant => invariant.Is(this) != invariant.Should(this)).Invariant;

    private static readonly (string Invariant, Func<DecidedCase, bool> IsViolated)[] _never =
    [
        ("An unknown status is noted and changes nothing", it => it.State == TransactionState.Unknown && it.Actions is not [SyncAction.Note { IsWarning: true }]),
        ("What this shop did not ask for is noted and changes nothing", it => !it.IsOurs && it.Actions is not [SyncAction.Note { IsWarning: true }]),
        ("A wrong amount or currency is a warning and nothing else, even when it is refunded",
            it => it.IsOurs && !it.IsRightAmount && (it.IsMoneyIn || it.IsMoneyBack) && it.Actions is not [SyncAction.Note { Resource: "WrongAmount", IsWarning: true }]),
        ("A payment never moves backwards", it => Rank(it.After.Order.PaymentStatus) < Rank(it.Before.Order.PaymentStatus)),
        ("A cancelled order is neither paid nor moved",
            it => it.Before.Order.IsCancelled && it.Has(action => action is SyncAction.Pay or SyncAction.Authorize or SyncAction.MoveOrder or SyncAction.CancelOrder)),
        ("What happens to another transaction leaves a paid order as it is",
            it => it.Before.Order.HasBeenPaid && !it.IsPaidByThis && it.Has(action => action is not (SyncAction.Note or SyncAction.MoveOrder))),
        ("Nothing happens twice", it => it.Actions.Where(action => action is not SyncAction.Note).DistinctBy(action => action.GetType()).Count() != it.Changes),
        ("Each action is remembered under a name of its own", it => it.Actions.DistinctBy(action => action.Applied).Count() != it.Actions.Count),
        ("Each action is remembered for its own transaction, so that it is not taken for another one's",
            it => it.Has(action => !action.Applied.Contains(it.IsOurs || it.State == TransactionState.Unknown ? This : it.Transaction.OrderId, StringComparison.Ordinal))),
        ("No more is refunded than was paid", it => it.After.Order.RefundedAmount > Total),
        ("Money that comes in, or goes, is told", it => it.Has(action => action is SyncAction.Pay or SyncAction.Authorize or SyncAction.VoidAuthorization or SyncAction.BookRefund)
            && !it.Has(action => action is SyncAction.Note))
    ];

    private static readonly (string Invariant, Func<DecidedCase, bool> Is, Func<DecidedCase, bool> Should)[] _exactly =
    [
        ("An order is paid when its money came in, or was there before it went back, and nopCommerce can still take it",
            it => it.Has(action => action is SyncAction.Pay { TransactionId: This }),
            it => it.IsPaidNow),
        ("An order is authorised when the owner wants it of a state with money, and nothing else has happened to it",
            it => it.Has(action => action is SyncAction.Authorize { TransactionId: This }),
            it => it is { IsOurs: true, IsRightAmount: true, IsMoneyIn: true, Choice.Payment: PaymentAction.Authorize }
                && it.Before.Order is { IsCancelled: false, PaymentStatus: PaymentStatus.Pending }),
        ("A payment is voided by the end of the very authorisation, and by nothing else",
            it => it.Has(action => action is SyncAction.VoidAuthorization),
            it => it is { IsOurs: true, IsAuthorizedByThis: true, IsTerminalUnpaid: true }
                && it.Mapping[it.State == TransactionState.Expired ? TransactionState.Expired : TransactionState.Void].Payment == PaymentAction.Void),
        ("An order moves forward as the owner wants, with the payment that the customer would pay now",
            it => it.Has(action => action is SyncAction.MoveOrder move && move.Status == it.Choice.OrderStatus),
            it => it.IsOurs && it.IsCurrent && !it.Before.Order.IsCancelled && it.Choice.OrderStatus is OrderStatus.Processing or OrderStatus.Complete
                && it.Choice.OrderStatus > it.Before.Order.OrderStatus
                && (it.IsMoneyIn ? it.IsRightAmount : it.State == TransactionState.Initialized && !it.Before.Order.HasBeenPaid)),
        ("An order is cancelled as the owner wants, when its own payment ends",
            it => it.Has(action => action is SyncAction.CancelOrder),
            it => it is { IsOurs: true, Choice.OrderStatus: OrderStatus.Cancelled, Before.Order.IsCancelled: false } && it.IsEnd),
        ("A refund is booked when the money of this order's payment went back",
            it => it.Has(action => action is SyncAction.BookRefund refund && it.IsRightRefund(refund)),
            it => it is { IsOurs: true, Choice.Payment: PaymentAction.Refund } && it.NewlyGone > 0
                && (it.IsChargeback ? it.IsPaidByThis : it.IsMoneyBack && it.IsRightAmount && (it.IsPaidByThis || it.IsPaidNow)))
    ];

    private bool IsOurs => Before.Record.Find(Transaction.OrderId) is not null;

    private bool IsCurrent => Before.Record.Current?.OrderId == Transaction.OrderId;

    private bool IsRightAmount => Transaction is { Amount: DecisionTests.Amount, Currency: "EUR" };

    private bool IsPaidByThis => Before.Order is { HasBeenPaid: true, CaptureTransactionId: This };

    private bool IsAuthorizedByThis => Before.Order is { PaymentStatus: PaymentStatus.Authorized, AuthorizationTransactionId: This };

    private int Changes => Actions.Count(action => action is not SyncAction.Note);

    // Some methods report the chargeback of a payment as void.
    private TransactionState State => TransactionStates.From(Transaction) is var state && state == TransactionState.Void && IsPaidByThis ? TransactionState.Chargeback : state;

    private StatusChoice Choice => Mapping[State];

    private bool IsChargeback => State == TransactionState.Chargeback;

    private bool IsMoneyIn => State is TransactionState.Completed or TransactionState.Authorized or TransactionState.Uncleared or TransactionState.Shipped;

    private bool IsMoneyBack => State is TransactionState.Refunded or TransactionState.PartialRefunded;

    private bool IsTerminalUnpaid => State is TransactionState.Declined or TransactionState.Cancelled or TransactionState.Void or TransactionState.Expired;

    private bool IsPaidNow => IsOurs && IsRightAmount
        && (IsMoneyIn ? Choice.Payment == PaymentAction.Pay : IsMoneyBack && Mapping[TransactionState.Completed].Payment == PaymentAction.Pay)
        && Before.Order is { IsCancelled: false, PaymentStatus: PaymentStatus.Pending or PaymentStatus.Authorized };

    // A paid order ends when its own payment went back, an authorised one with its own authorisation, and one that waits with the attempt that it waits for.
    private bool IsEnd => Before.Order switch
    {
        { HasBeenPaid: true } => IsPaidByThis && (IsChargeback || (IsMoneyBack && IsRightAmount)),
        _ when IsChargeback || IsMoneyBack => IsChargeback || IsRightAmount,
        { PaymentStatus: PaymentStatus.Authorized or PaymentStatus.Voided } => Before.Order.AuthorizationTransactionId == This && IsTerminalUnpaid,
        { PaymentStatus: PaymentStatus.Pending } => IsCurrent && IsTerminalUnpaid,
        _ => false
    };

    // What went back and is not accounted for yet, in minor units.
    private long NewlyGone => (State == TransactionState.PartialRefunded ? PartRefunded : DecisionTests.Amount) - Before.Record.Refunds.Sum(refund => refund.Amount);

    // What the order has as refunded already, by hand or before a crash, is not booked again. The last refund takes all that is left.
    private bool IsRightRefund(SyncAction.BookRefund refund)
    {
        var accounted = OrderAmounts.Round(Before.Record.AccountedTotal);
        var orderAmount = State == TransactionState.PartialRefunded ? NewlyGone / 100m : Total - accounted;
        return refund.Amount == NewlyGone && refund.OrderAmount == orderAmount && refund.ToBook == Math.Max(0, orderAmount - (Before.Order.RefundedAmount - accounted))
            && refund.IsChargeback == IsChargeback && refund.RefundOrderId is null;
    }

    private bool Has(Func<SyncAction, bool> predicate) => Actions.Any(predicate);

    private static int Rank(PaymentStatus status) => status switch
    {
        PaymentStatus.Pending => 0,
        PaymentStatus.Authorized => 1,
        PaymentStatus.Voided => 2,
        PaymentStatus.Paid => 3,
        PaymentStatus.PartiallyRefunded => 4,
        _ => 5
    };
}
