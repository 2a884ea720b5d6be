using System.Net;
using Nop.Plugin.Payments.MultiSafepay.AfterSales;
using Nop.Plugin.Payments.MultiSafepay.Api;
using Nop.Plugin.Payments.MultiSafepay.Payments.Records;
using Nop.Plugin.Payments.MultiSafepay.Payments.Transactions;
using NUnit.Framework;

namespace Nop.Plugin.Payments.MultiSafepay.Tests.AfterSales;

/// <summary>Why a refund was refused: MultiSafepay has one code for it, the owner gets the reason that fits.</summary>
[TestFixture]
internal sealed class RefundRulesTests
{
    private static readonly DateTime _paid = new(2026, 1, 1, 12, 0, 0, DateTimeKind.Utc);
    private static readonly MultiSafepayApiException _refused = new("refused") { Code = MultiSafepayErrorCodes.Refund, Info = "Refund not\npossible", HttpStatus = HttpStatusCode.BadRequest };

    [Test]
    public void A_payment_method_without_refunds_is_named_as_the_reason([Values("COUPON", "PSAFECARD", "PAYSAFECARD", "psafecard")] string method) =>
        Assert.That(Explained(Payment(method), _paid), Is.EqualTo($"Refund.NoRefunds {MethodNames.Of(method)}"));

    [Test]
    public void A_method_that_is_refunded_to_an_IBAN_refers_to_the_dashboard([Values("MBWAY", "MULTIBANCO", "mbway")] string method) =>
        Assert.That(Explained(Payment(method), _paid), Is.EqualTo($"Refund.NeedsIban {MethodNames.Of(method)}"));

    // The guard against double refunds comes second: waiting five minutes would not help.
    [TestCase("BIZUM", 1, "Refund.OncePerPayment Bizum")]
    [TestCase("BIZUM", 100, "Refund.OncePerPayment Bizum")]
    [TestCase("IDEAL", 1, "Refund.FiveMinutes ")]
    [TestCase("IDEAL", 100, "Refused 1034 Refund not possible")]
    public void A_second_refund_of_a_method_that_is_refunded_once_is_explained(string method, int minutesLater, string expected)
    {
        var earlier = Refund() with { RefundOrderId = "earlier", State = RefundState.Counted, CreatedUtc = _paid };
        Assert.That(Explained(Payment(method), _paid.AddMinutes(minutesLater), new PaymentRecord { RefundAttempts = [earlier, Refund()] }), Is.EqualTo(expected));
        Assert.That(Explained(Payment("BIZUM"), _paid.AddMinutes(1), new PaymentRecord { RefundAttempts = [earlier with { State = RefundState.Off }, Refund()] }),
            Is.EqualTo("Refused 1034 Refund not possible"), "one that was not made does not count");
    }

    [TestCase("COUPON COUPON", "Refund.NoRefunds iDEAL")]
    [TestCase("coupon", "Refund.NoRefunds iDEAL")]
    [TestCase("COUPON IDEAL", "Refund.GiftCardPart Refund not possible")]
    [TestCase("IDEAL", "Refused 1034 Refund not possible")]
    [TestCase("", "Refused 1034 Refund not possible")]
    public void A_gift_card_in_the_payment_is_named_as_the_reason(string methods, string expected)
    {
        var payment = Payment("IDEAL") with { PaymentMethods = [.. methods.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(method => new TransactionPaymentMethod { Type = method })] };
        Assert.That(Explained(payment, _paid), Is.EqualTo(expected));
    }

    [TestCase("PAYPAL", 60)]
    [TestCase("VISA", 180)]
    [TestCase("CREDITCARD", 180)]
    [TestCase("MASTERCARD", 180)]
    [TestCase("MAESTRO", 180)]
    [TestCase("AMEX", 180)]
    [TestCase("MISTERCASH", 180)]
    [TestCase("BANCONTACT", 180)]
    [TestCase("APPLEPAY", 180)]
    [TestCase("GOOGLEPAY", 180)]
    [TestCase("ALIPAY", 365)]
    [TestCase("ALIPAYPLUS", 365)]
    [TestCase("TRUSTLY", 365)]
    [TestCase("WECHAT", 365)]
    [TestCase("visa", 180)]
    [TestCase("IDEAL", 730)]
    [TestCase(null, 730)]
    public void The_refund_window_of_each_method_is_named_once_it_is_over(string? method, int days)
    {
        Assert.That(Explained(Payment(method), _paid.AddDays(days).AddSeconds(-1)), Is.EqualTo("Refused 1034 Refund not possible"));
        Assert.That(Explained(Payment(method), _paid.AddDays(days)), Is.EqualTo($"Refund.WindowOver {MethodNames.Of(method ?? "-")} {days}"));
    }

    [Test]
    public void The_refund_window_runs_from_completion_or_else_from_creation()
    {
        Assert.That(Explained(Payment("PAYPAL") with { Created = "2025-01-01T00:00:00" }, _paid.AddDays(59)), Does.StartWith("Refused"));
        Assert.That(Explained(Payment("PAYPAL") with { Created = "2026-01-01T13:00:00", Completed = null }, _paid.AddDays(60)), Does.StartWith("Refund.WindowOver"),
            "or from there when no more is known");
        Assert.That(Explained(Payment("PAYPAL") with { Completed = null }, _paid.AddDays(9999)), Does.StartWith("Refused"), "unknown");
    }

    [TestCase("A-r2", 1000, RefundState.Open, 299, true)]
    [TestCase("A-r2", 1000, RefundState.Counted, 0, true)]
    [TestCase("A-r2", 1000, RefundState.Open, 300, false, Description = "five minutes are over")]
    [TestCase("A-r2", 1001, RefundState.Open, 1, false, Description = "another amount")]
    [TestCase("A-r2", 1000, RefundState.Off, 1, false, Description = "that one was not made")]
    [TestCase("A-r1", 1000, RefundState.Open, 1, false, Description = "itself")]
    public void A_second_refund_of_the_same_amount_within_five_minutes_is_explained_as_a_double_click(string id, long amount, RefundState state, int seconds, bool isGuarded)
    {
        var record = new PaymentRecord { RefundAttempts = [Refund(), Refund() with { RefundOrderId = id, Amount = amount, State = state, CreatedUtc = _paid }] };
        Assert.That(Explained(Payment("IDEAL"), _paid.AddSeconds(seconds), record) == "Refund.FiveMinutes ", Is.EqualTo(isGuarded));
    }

    [TestCase("refund", "completed", 1000, 299, true)]
    [TestCase("refund", "reserved", 1000, 0, true)]
    [TestCase("refund", "completed", 1000, 300, false, Description = "five minutes are over")]
    [TestCase("refund", "completed", 999, 1, false, Description = "another amount")]
    [TestCase("refund", "declined", 1000, 1, false, Description = "that one was not made")]
    [TestCase("capture", "completed", 1000, 1, false, Description = "no refund")]
    public void A_dashboard_refund_of_the_same_amount_within_five_minutes_is_explained_the_same(string type, string status, long amount, int seconds, bool isGuarded)
    {
        var payment = Payment("IDEAL") with { RelatedTransactions = [new RelatedTransaction { Type = type, Status = status, Amount = amount, Created = "2026-01-01T13:00:00" }] };
        Assert.That(Explained(payment, _paid.AddSeconds(seconds)) == "Refund.FiveMinutes ", Is.EqualTo(isGuarded));
    }

    [Test]
    public void A_dashboard_refund_without_a_time_is_not_taken_for_a_double_click() => Assert.That(
        Explained(Payment("IDEAL") with { RelatedTransactions = [new RelatedTransaction { Type = "refund", Status = "completed", Amount = 1000 }] }, _paid), Does.StartWith("Refused"));

    private static IEnumerable<TestCaseData> Failures()
    {
        yield return new TestCaseData(new MultiSafepayApiException("") { Code = MultiSafepayErrorCodes.ApiKey, IsTransient = true }, "BadKey ").SetArgDisplayNames("key");
        yield return new TestCaseData(new MultiSafepayApiException("") { Code = 9999, HttpStatus = HttpStatusCode.BadGateway, IsTransient = true }, "Unreachable ").SetArgDisplayNames("passing");
        yield return new TestCaseData(new MultiSafepayApiException(""), "Unreachable ").SetArgDisplayNames("no answer");
        yield return new TestCaseData(new MultiSafepayApiException("") { HttpStatus = HttpStatusCode.NotFound }, "Refused  ").SetArgDisplayNames("answer without a code");
        yield return new TestCaseData(new MultiSafepayApiException("") { Code = 1001, Info = "Too\tmuch" }, "Refused 1001 Too much").SetArgDisplayNames("code");
    }

    // What has nothing to do with refunds is reported unchanged, even of a method that knows none.
    [TestCaseSource(nameof(Failures))]
    public void Other_refund_failures_are_reported_unchanged(MultiSafepayApiException exception, string expected)
    {
        Assert.That(Text(RefundRules.Explain(exception)), Is.EqualTo(expected));
        Assert.That(Text(RefundRules.Explain(exception, Payment("MULTIBANCO"), Refund(), new PaymentRecord(), _paid)), Is.EqualTo(expected));
    }

    private static string Explained(Transaction payment, DateTime now, PaymentRecord? record = null) =>
        Text(RefundRules.Explain(_refused, payment, Refund(), record ?? new PaymentRecord { RefundAttempts = [Refund()] }, now));

    private static string Text(AfterSalesException exception) => $"{exception.Resource} {string.Join(' ', exception.Arguments)}";

    private static RefundAttempt Refund() => new() { RefundOrderId = "A-r1", AttemptId = "A", OrderId = "A", Amount = 1000, OrderAmount = 10m, CreatedUtc = _paid };

    // MultiSafepay's times are those of Amsterdam: noon in UTC, in winter.
    private static Transaction Payment(string? method) => new()
    {
        OrderId = "A",
        TransactionId = "1",
        Completed = "2026-01-01T13:00:00",
        PaymentDetails = method is null ? null : new PaymentDetails { Type = method }
    };
}
