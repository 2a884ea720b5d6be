using System.Collections.Frozen;
using Nop.Plugin.Payments.MultiSafepay.Api;
using Nop.Plugin.Payments.MultiSafepay.Payments.Notices;
using Nop.Plugin.Payments.MultiSafepay.Payments.Records;
using Nop.Plugin.Payments.MultiSafepay.Payments.Transactions;

namespace Nop.Plugin.Payments.MultiSafepay.AfterSales;

/// <summary>
/// Explains why MultiSafepay rejected a refund, from what is known about its rules. MultiSafepay applies the rules; it reports every rejection with the same code (1034).
/// </summary>
public static class RefundRules
{
    /// <summary>The time within which MultiSafepay takes a second refund of the same amount for a double click and rejects it.</summary>
    public static readonly TimeSpan DoubleRefundGuard = TimeSpan.FromMinutes(5);

    private const int DefaultDays = 730;

    private static readonly FrozenSet<string> _noRefunds = FrozenSet.Create(StringComparer.OrdinalIgnoreCase, PaymentMeans.GiftCard, "PSAFECARD", "PAYSAFECARD");

    // docs.multisafepay.com, MB WAY and Multibanco, Refunds: in the dashboard, with an IBAN that the customer gives, within three months.
    private static readonly FrozenSet<string> _needIban = FrozenSet.Create(StringComparer.OrdinalIgnoreCase, "MBWAY", "MULTIBANCO");

    // docs.multisafepay.com, Bizum, Refunds.
    private static readonly FrozenSet<string> _refundedOnce = FrozenSet.Create(StringComparer.OrdinalIgnoreCase, "BIZUM");

    private static readonly FrozenDictionary<string, int> _days = new (int Days, string Methods)[]
        {
            (60, "PAYPAL"),
            (180, "CREDITCARD VISA MASTERCARD MAESTRO AMEX MISTERCASH BANCONTACT APPLEPAY GOOGLEPAY"),
            (365, "ALIPAY ALIPAYPLUS TRUSTLY WECHAT")
        }
        .SelectMany(group => group.Methods.Split(' ').Select(method => (method, group.Days)))
        .ToFrozenDictionary(pair => pair.method, pair => pair.Days, StringComparer.OrdinalIgnoreCase);

    /// <summary>Returns the explanation for the owner of a refund that MultiSafepay did not accept.</summary>
    /// <param name="exception">The rejection.</param>
    /// <param name="payment">The payment.</param>
    /// <param name="refund">The rejected refund.</param>
    /// <param name="record">The payment record of the order, with earlier refunds.</param>
    /// <param name="nowUtc">The current time, in UTC.</param>
    public static AfterSalesException Explain(MultiSafepayApiException exception, Transaction payment, RefundAttempt refund, PaymentRecord record, DateTime nowUtc)
    {
        var method = payment.PaymentDetails?.Type ?? "-";
        if (exception.Code != MultiSafepayErrorCodes.Refund)
            return Explain(exception);
        if (_noRefunds.Contains(method) || (payment.PaymentMethods.Count > 0 && payment.PaymentMethods.All(method => PaymentMeans.IsGiftCard(method.Type))))
            return new AfterSalesException("Refund.NoRefunds", MethodNames.Of(method));
        if (_needIban.Contains(method))
            return new AfterSalesException("Refund.NeedsIban", MethodNames.Of(method));
        if (_refundedOnce.Contains(method) && HasEarlierRefund(payment, refund, record))
            return new AfterSalesException("Refund.OncePerPayment", MethodNames.Of(method));
        if (IsSecondWithinMinutes(payment, refund, record, nowUtc))
            return new AfterSalesException("Refund.FiveMinutes");

        var days = _days.GetValueOrDefault(method, DefaultDays);
        if (MultiSafepayTime.ToUtc(payment.Completed ?? payment.Created) is { } paid && nowUtc - paid >= TimeSpan.FromDays(days))
            return new AfterSalesException("Refund.WindowOver", MethodNames.Of(method), FormattableString.Invariant($"{days}"));
        return payment.PaymentMethods.Any(method => PaymentMeans.IsGiftCard(method.Type))
            ? new AfterSalesException("Refund.GiftCardPart", OrderNotesAndLog.Clean(exception.Info))
            : Explain(exception);
    }

    /// <summary>Returns the explanation for the owner of a call that was not carried out.</summary>
    public static AfterSalesException Explain(MultiSafepayApiException exception) => exception switch
    {
        { Code: MultiSafepayErrorCodes.ApiKey } => new AfterSalesException("BadKey"),
        { IsTransient: true } or { Code: null, HttpStatus: null } => new AfterSalesException("Unreachable"),
        _ => new AfterSalesException("Refused", FormattableString.Invariant($"{exception.Code}"), OrderNotesAndLog.Clean(exception.Info))
    };

    private static bool HasEarlierRefund(Transaction payment, RefundAttempt refund, PaymentRecord record) =>
        record.RefundAttempts.Any(other => other.RefundOrderId != refund.RefundOrderId && other.State != RefundState.Off)
        || payment.RelatedTransactions.Any(related => RefundStatuses.IsRefund(related) && RefundStatuses.From(related) is not RefundStatus.Off);

    private static bool IsSecondWithinMinutes(Transaction payment, RefundAttempt refund, PaymentRecord record, DateTime nowUtc) =>
        record.RefundAttempts.Any(other => other.RefundOrderId != refund.RefundOrderId && other.Amount == refund.Amount && other.State != RefundState.Off
            && nowUtc - other.CreatedUtc < DoubleRefundGuard)
        || payment.RelatedTransactions.Any(related => RefundStatuses.IsRefund(related) && related.Amount == refund.Amount
            && RefundStatuses.From(related) is not RefundStatus.Off && MultiSafepayTime.ToUtc(related.Created) is { } created && nowUtc - created < DoubleRefundGuard);
}
