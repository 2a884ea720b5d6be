using System.Globalization;
using Nop.Core.Domain.Orders;
using Nop.Core.Domain.Payments;
using Nop.Plugin.Payments.MultiSafepay.Api;
using Nop.Plugin.Payments.MultiSafepay.Checkout;

namespace Nop.Plugin.Payments.MultiSafepay.Synchronization;

/// <summary>
/// What a transaction of MultiSafepay means for an order of nopCommerce. A pure function: it reads no clock, calls nobody and changes nothing. It never
/// moves a payment backwards, and deciding again after its actions were applied finds nothing left to do.
/// </summary>
public static partial class Decision
{
    /// <summary>How much that is not understood is told of one order. What comes is remembered, so there must be an end to it.</summary>
    public const int MaxUnknown = 20;

    private const string UnknownPrefix = "unknown";
    private const int MaxWordLength = 60;

    /// <summary>Finds what to do.</summary>
    /// <param name="order">The order, read under its lock.</param>
    /// <param name="record">What was charged and already applied, read under the same lock.</param>
    /// <param name="transaction">What MultiSafepay says, from a signed notification or from the API.</param>
    /// <param name="mapping">The owner's choices for the order's store.</param>
    /// <param name="policy">What the owner wants when a cancelled order is paid after all.</param>
    public static IReadOnlyList<SyncAction> Decide(
        OrderSnapshot order, PaymentRecord record, Transaction transaction, StatusMapping mapping, CancelledThenPaidPolicy policy = CancelledThenPaidPolicy.Warn)
    {
        var state = TransactionStates.Of(transaction);
        if (state == TransactionState.Unknown)
            return Unknown(record, Warning($"{UnknownPrefix}:{Id(transaction)}:{Word(transaction.Status)}:{Word(transaction.FinancialStatus)}", "UnknownStatus",
                transaction.Status, transaction.FinancialStatus, Id(transaction)));

        if (record.Find(transaction.OrderId) is not { } attempt)
            return Unknown(record, Warning($"{UnknownPrefix}-attempt:{Word(transaction.OrderId)}", "UnknownAttempt", transaction.OrderId, Id(transaction)));

        var known = record.WithoutOverwritten(order);
        var lost = LostRefunds(new Facts(order, known, transaction, attempt, state, mapping[state], mapping, policy));
        var asked = AskedRefunds(lost.Facts);
        var facts = asked.Facts;
        IReadOnlyList<SyncAction> actions = [.. lost.Actions, .. Once(known, [.. asked.Actions, .. state switch
        {
            TransactionState.Completed or TransactionState.Authorized or TransactionState.Uncleared or TransactionState.Shipped => MoneyIn(facts),
            TransactionState.Refunded or TransactionState.PartialRefunded => MoneyBack(facts),
            TransactionState.Chargeback => Chargeback(facts),
            // Some payment methods report a chargeback as void. It is a chargeback to the owner's mapping, too, and also where the shop never heard of the payment.
            TransactionState.Void when (order.HasBeenPaid && IsPaidBy(facts)) || (Related(facts, ChargebackType).Any() && !IsReversed(facts)) =>
                Chargeback(facts with { State = TransactionState.Chargeback, Choice = mapping[TransactionState.Chargeback] }),
            TransactionState.Declined or TransactionState.Cancelled or TransactionState.Void or TransactionState.Expired => UnpaidEnd(facts),
            _ => Waiting(facts)
        }, .. ChargebackBehind(facts), .. Reversals(facts)])];
        var isRestored = lost.Actions.Count > 0 || (known != record && actions.Any(action => action is SyncAction.Pay or SyncAction.Authorize or SyncAction.VoidAuthorization));
        return isRestored ? [.. actions, .. Once(record, Warning($"overwritten:{facts.Id}", "Overwritten", facts.Id))] : actions;
    }

    private static IEnumerable<SyncAction> MoneyIn(Facts facts)
    {
        if (!IsWhatWasCharged(facts))
            return [WrongAmount(facts)];

        IEnumerable<SyncAction> payment = facts.Choice.Payment switch
        {
            PaymentAction.Pay => Pay(facts),
            PaymentAction.Authorize => Authorize(facts),
            _ => facts.Order.HasBeenPaid ? [] : [Note($"{facts.State}:{facts.Id}", $"State.{facts.State}", facts.AmountText, facts.Method, facts.Id)]
        };
        return [.. payment, .. MoveOrder(facts), .. facts.State == TransactionState.Authorized ? [.. CapturedPart(facts), .. ChargebackOfPart(facts)] : Array.Empty<SyncAction>()];
    }

    private static IEnumerable<SyncAction> Pay(Facts facts)
    {
        if (IsPaidBy(facts))
            return [];
        if (facts.Order.HasBeenPaid)
            return [Warning($"second:{facts.Id}", "SecondPayment", facts.AmountText, facts.Id, facts.Order.CaptureTransactionId ?? "-")];
        if (facts.Order.IsCancelled)
            return PaidAfterCancellation(facts);
        if (facts.Order.PaymentStatus == PaymentStatus.Voided)
            return [Warning($"not-payable:{facts.Id}", "PaidAfterVoid", facts.AmountText, facts.Method, facts.Id)];
        return
        [
            new SyncAction.Pay($"paid:{facts.Id}", facts.Id),
            Note($"paid-note:{facts.Id}", "Paid", facts.AmountText, facts.Method, facts.Id)
        ];
    }

    // nopCommerce lets customers and owners cancel an order while its payment is under way; the money comes all the same.
    private static IEnumerable<SyncAction> PaidAfterCancellation(Facts facts) => facts.Policy switch
    {
        CancelledThenPaidPolicy.Reopen when facts.Order.PaymentStatus == PaymentStatus.Pending && !facts.Record.Has($"reopened:{facts.Id}") =>
            [new SyncAction.ReopenOrder($"reopened:{facts.Id}")],
        CancelledThenPaidPolicy.Refund when !facts.Record.Has($"not-payable:{facts.Id}") =>
        [
            new SyncAction.RefundPayment($"given-back:{facts.Id}", facts.Attempt.OrderId),
            Warning($"not-payable:{facts.Id}", "PaidAfterCancellationRefunded", facts.AmountText, facts.Method, facts.Id)
        ],
        _ => [Warning($"not-payable:{facts.Id}", "PaidAfterCancellation", facts.AmountText, facts.Method, facts.Id)]
    };

    private static IEnumerable<SyncAction> Authorize(Facts facts)
    {
        if (IsPaidBy(facts) || IsAuthorizedBy(facts))
            return [];
        if (facts.Order.HasBeenPaid || facts.Order.PaymentStatus == PaymentStatus.Authorized)
            return [Warning($"second:{facts.Id}", "SecondPayment", facts.AmountText, facts.Id,
                facts.Order.CaptureTransactionId ?? facts.Order.AuthorizationTransactionId ?? "-")];
        if (facts.Order.IsCancelled)
        {
            return facts.Record.Has($"not-payable:{facts.Id}")
                ? []
                : [Warning($"held-late:{facts.Id}", "AuthorizedAfterCancellation", facts.AmountText, facts.Method, facts.Id)];
        }

        if (facts.Order.PaymentStatus == PaymentStatus.Voided)
            return [];
        return
        [
            new SyncAction.Authorize($"authorized:{facts.Id}", facts.Id),
            Note($"authorized-note:{facts.Id}", "Authorized", facts.AmountText, facts.Method, facts.Id)
        ];
    }

    private static IEnumerable<SyncAction> MoveOrder(Facts facts) =>
        facts.Choice.OrderStatus is { } status and not OrderStatus.Cancelled && !facts.Order.IsCancelled
        && (int)status > (int)facts.Order.OrderStatus && facts.Attempt == facts.Record.Current
            ? [new SyncAction.MoveOrder($"order:{facts.State}:{facts.Id}", status)]
            : [];

    private static IEnumerable<SyncAction> MoneyBack(Facts facts)
    {
        if (!IsWhatWasCharged(facts))
            return [WrongAmount(facts)];

        var refunded = facts.State == TransactionState.Refunded && !IsPaidInPartByGiftCard(facts)
            ? facts.Attempt.Amount
            : Math.Min(facts.Transaction.AmountRefunded ?? 0, facts.Attempt.Amount);

        // The notification of the payment itself may have been lost: money that went back had come in. For a cancelled order that is news while some of it is left.
        var isOld = facts.Order.HasBeenPaid || (facts.Order.IsCancelled && refunded == facts.Attempt.Amount);
        var missedPayment = isOld || facts.Mapping[TransactionState.Completed].Payment != PaymentAction.Pay ? [] : Pay(facts).ToList();
        var isMissed = missedPayment is [SyncAction.Pay, ..];
        var paid = facts.Order.HasBeenPaid ? IsPaidBy(facts) : isMissed;

        // Only now can be booked what the shop itself had asked for: it is not to be taken for a refund that was made elsewhere.
        var made = isMissed ? MadeRefunds(facts) : ([], facts);
        missedPayment = [.. missedPayment, .. made.Actions];
        facts = made.Facts;

        var news = NewlyRefunded(facts, refunded);
        if (news <= 0)
            return missedPayment;

        if (facts.Choice.Payment != PaymentAction.Refund || !paid)
            return [.. missedPayment, Note($"refund:{facts.Id}:{Text(refunded)}", "RefundSeen", facts.Money(refunded), facts.Id), .. CancelOrder(facts)];

        var (booking, note) = Refunded(facts, refunded, news);
        return [.. missedPayment, booking, note, .. CancelOrder(facts)];
    }

    // How much of what was refunded in all is not accounted for. What the bank took before cannot go back as well.
    private static long NewlyRefunded(Facts facts, long refunded) =>
        Math.Min(refunded - facts.Record.Refunds.Where(refund => !refund.IsChargeback).Sum(refund => refund.Amount), Left(facts));

    private static long Left(Facts facts) => facts.Attempt.Amount - facts.Record.Refunds.Sum(refund => refund.Amount);

    // So much was refunded of the payment in all, and so much of that is new.
    private static (SyncAction.BookRefund Booking, SyncAction.Note Note) Refunded(Facts facts, long refunded, long amount) => (
        Book(facts, amount, isRest: amount == Left(facts), "Refunded"),
        Note($"refund-note:{facts.Id}:{Text(refunded)}", "Refunded", facts.Money(amount), facts.Id));

    private static IEnumerable<SyncAction> UnpaidEnd(Facts facts)
    {
        if (facts.Order.PaymentStatus == PaymentStatus.Authorized)
            return IsAuthorizedBy(facts) ? AuthorizationEnd(facts) : [];

        // Another attempt, under another order id or another transaction, has paid the order or may still do so.
        if (facts.Order.HasBeenPaid || facts.Attempt != facts.Record.Current)
            return [];

        // What the shop itself called off is no news: the order waits for another payment, or was cancelled for a reason of its own.
        if (facts.Order.IsCancelled || facts.Order.PaymentStatus == PaymentStatus.Voided || facts.Attempt.Closed)
            return [];

        return [Note($"{facts.State}:{facts.Id}", $"State.{facts.State}", facts.AmountText, facts.Method, facts.Id, Reason(facts)), .. CancelOrder(facts)];
    }

    // Nothing is held any more, whatever the word for it: a payment that counts as authorised while it is reviewed can be declined, and a held one cancelled. Only the
    // rows of void and expired say what becomes of the payment then.
    private static IEnumerable<SyncAction> AuthorizationEnd(Facts facts) =>
    [
        .. facts.Mapping[facts.State == TransactionState.Expired ? TransactionState.Expired : TransactionState.Void].Payment == PaymentAction.Void
            ? [new SyncAction.VoidAuthorization($"voided:{facts.Id}")]
            : Array.Empty<SyncAction>(),
        Note($"{facts.State}:{facts.Id}", $"State.{facts.State}", facts.AmountText, facts.Method, facts.Id, Reason(facts)),
        .. CancelOrder(facts)
    ];

    // What becomes of one of two payments does not end the order that the other one paid.
    private static IEnumerable<SyncAction> CancelOrder(Facts facts) =>
        facts.Choice.OrderStatus == OrderStatus.Cancelled && !facts.Order.IsCancelled && (!facts.Order.HasBeenPaid || IsPaidBy(facts))
            ? [new SyncAction.CancelOrder($"cancelled:{facts.State}:{facts.Id}")]
            : [];

    // Started, or a refund that waits: worth a note only where the owner can do something about it.
    private static IEnumerable<SyncAction> Waiting(Facts facts) => facts.State == TransactionState.Reserved
        ? [Note($"{facts.State}:{facts.Id}", $"State.{facts.State}", facts.AmountText, facts.Method, facts.Id, Reason(facts))]
        : facts.Order.HasBeenPaid ? [] : MoveOrder(facts);

    private static SyncAction.BookRefund Book(Facts facts, long amount, bool isRest, string why)
    {
        var accounted = facts.Record.Refunds.Sum(refund => refund.OrderAmount);
        var left = Math.Max(0, facts.Order.OrderTotal - accounted);
        var orderAmount = isRest ? left : Math.Min(left, facts.InOrderCurrency(amount));

        // What the order counts as refunded and the record does not know of was booked by hand, or just before a crash. It is not booked again.
        var bookedElsewhere = Math.Max(0, facts.Order.RefundedAmount - accounted);
        return new SyncAction.BookRefund($"{why}:{facts.Id}:{Text(accounted)}+{Text(amount)}", amount, orderAmount, Math.Max(0, orderAmount - bookedElsewhere));
    }

    private static bool IsWhatWasCharged(Facts facts) =>
        facts.Transaction.Amount == facts.Attempt.Amount
        && string.Equals(facts.Transaction.Currency, facts.Attempt.Currency, StringComparison.OrdinalIgnoreCase);

    private static SyncAction.Note WrongAmount(Facts facts) => Warning(
        $"amount:{facts.Id}:{Text(facts.Transaction.Amount ?? 0)}{Word(facts.Transaction.Currency)}", "WrongAmount",
        facts.AmountText, facts.Money(facts.Attempt.Amount), facts.Id);

    private static bool IsPaidBy(Facts facts) => facts.Record.Has($"paid:{facts.Id}")
        || (facts.Order.HasBeenPaid && string.Equals(facts.Order.CaptureTransactionId, facts.Id, StringComparison.Ordinal));

    private static bool IsAuthorizedBy(Facts facts) => facts.Record.Has($"authorized:{facts.Id}")
        || (facts.Order.PaymentStatus == PaymentStatus.Authorized && string.Equals(facts.Order.AuthorizationTransactionId, facts.Id, StringComparison.Ordinal));

    private static string Reason(Facts facts) => facts.Transaction.Reason ?? string.Empty;

    private static string Id(Transaction transaction) => Word(transaction.TransactionId ?? transaction.OrderId);

    private static string Word(string? text) => text is { Length: > MaxWordLength } ? text[..MaxWordLength] : text ?? string.Empty;

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);

    private static string Text(decimal number) => number.ToString(CultureInfo.InvariantCulture);

    private static SyncAction.Note Note(string applied, string resource, params IReadOnlyList<string> arguments) => new(applied, resource, false, arguments);

    private static SyncAction.Note Warning(string applied, string resource, params IReadOnlyList<string> arguments) => new(applied, resource, true, arguments);

    private static IReadOnlyList<SyncAction> Unknown(PaymentRecord record, SyncAction.Note warning) =>
        record.Applied.Count(applied => applied.StartsWith(UnknownPrefix, StringComparison.Ordinal)) < MaxUnknown ? Once(record, warning) : [];

    private static IReadOnlyList<SyncAction> Once(PaymentRecord record, params IReadOnlyList<SyncAction> actions) =>
        [.. actions.Where(action => !record.Has(action.Applied))];

    // All that a rule may look at, so that every rule has the same one parameter.
    private sealed record Facts(
        OrderSnapshot Order, PaymentRecord Record, Transaction Transaction, PaymentAttempt Attempt, TransactionState State, StatusChoice Choice, StatusMapping Mapping,
        CancelledThenPaidPolicy Policy)
    {
        public string Id => Decision.Id(Transaction);

        public string Method => Transaction.PaymentDetails?.Type ?? "-";

        public string AmountText => Transaction.Amount is { } amount ? Format(amount, Transaction.Currency) : $"? {Transaction.Currency}";

        public string Money(long amount) => Format(amount, Attempt.Currency);

        public decimal InOrderCurrency(long amount)
        {
            var charged = MinorUnits.ToDecimal(amount, Attempt.Currency);
            return Attempt.CurrencyRate is 1 or <= 0 ? charged : Math.Round(charged / Attempt.CurrencyRate, 2, MidpointRounding.AwayFromZero);
        }

        // Without a currency it is not what was charged. The owner is told what there is.
        private static string Format(long amount, string? currency)
        {
            var code = string.IsNullOrWhiteSpace(currency) ? "?" : currency;
            return $"{code} {MinorUnits.ToDecimal(amount, code).ToString($"F{MinorUnits.Exponent(code)}", CultureInfo.InvariantCulture)}";
        }
    }
}
