using System.Text;
using System.Text.Json.Nodes;
using Nop.Plugin.Payments.MultiSafepay.Api;
using Nop.Plugin.Payments.MultiSafepay.Checkout.Starting;
using NUnit.Framework;

namespace Nop.Plugin.Payments.MultiSafepay.Tests.Checkout.Starting;

/// <summary>MultiSafepay's codes and texts of refused card payments (docs.multisafepay.com, Card payment errors), and what the customer can do about them.</summary>
[TestFixture]
internal sealed class CardRefusalsTests
{
    [TestCase("3001", "3-D Secure: failed", ExpectedResult = PaymentStartFailure.CardAuthentication)]
    [TestCase("3002", "unknown device", ExpectedResult = PaymentStartFailure.CardAuthentication)]
    [TestCase("3003", "unsupported device", ExpectedResult = PaymentStartFailure.CardAuthentication)]
    [TestCase("3004", "frequency limit", ExpectedResult = PaymentStartFailure.CardAuthentication)]
    [TestCase("3005", "expired card", ExpectedResult = PaymentStartFailure.CardExpired)]
    [TestCase("3006", "invalid number", ExpectedResult = PaymentStartFailure.CardExpired)]
    [TestCase("3007", "invalid transaction", ExpectedResult = PaymentStartFailure.CardAuthentication)]
    [TestCase("3008", "no card record", ExpectedResult = PaymentStartFailure.CardDeclined)]
    [TestCase("3009", "security failure", ExpectedResult = PaymentStartFailure.CardAuthentication)]
    [TestCase("3010", "stolen card", ExpectedResult = PaymentStartFailure.CardDeclined)]
    [TestCase("3011", "suspected fraud", ExpectedResult = PaymentStartFailure.CardDeclined)]
    [TestCase("3012", "not permitted to cardholder", ExpectedResult = PaymentStartFailure.CardDeclined)]
    [TestCase("4001", "do not honor", ExpectedResult = PaymentStartFailure.CardDeclined)]
    [TestCase("4002", "insufficient funds", ExpectedResult = PaymentStartFailure.CardFunds)]
    [TestCase("4003", "suspected fraud or blocked card", ExpectedResult = PaymentStartFailure.CardDeclined)]
    [TestCase("4004", "soft decline", ExpectedResult = PaymentStartFailure.CardAuthentication)]
    [TestCase("4005", "expired card or invalid account", ExpectedResult = PaymentStartFailure.CardExpired)]
    [TestCase("4999", "Additional customer authentication required", ExpectedResult = PaymentStartFailure.CardAuthentication)]
    [TestCase("4999", "Insufficient funds or over credit limit", ExpectedResult = PaymentStartFailure.CardFunds)]
    [TestCase("4999", "Invalid card or account number", ExpectedResult = PaymentStartFailure.CardExpired)]
    [TestCase("4999", "Stop payment order", ExpectedResult = PaymentStartFailure.CardDeclined)]
    [TestCase("4999", "PIN tries exceeded", ExpectedResult = PaymentStartFailure.CardDeclined)]
    [TestCase("4999", "Expired card", ExpectedResult = PaymentStartFailure.CardExpired)]
    [TestCase("4999", "Invalid issuer", ExpectedResult = PaymentStartFailure.CardExpired)]
    [TestCase("4999", "Decline for CVV2 failure", ExpectedResult = PaymentStartFailure.CardExpired)]
    [TestCase("4999", "Cardholder not enrolled in service", ExpectedResult = PaymentStartFailure.CardAuthentication)]
    [TestCase("4999", "3D Secure authentication cancelled", ExpectedResult = PaymentStartFailure.CardAuthentication)]
    [TestCase("4999", "Restricted card", ExpectedResult = PaymentStartFailure.CardDeclined)]
    [TestCase("4999", "Transaction not permitted to acquirer or terminal", ExpectedResult = PaymentStartFailure.CardDeclined)]
    [TestCase("4999", "System error", ExpectedResult = PaymentStartFailure.CardDeclined)]
    [TestCase("3008", "3DS Authentication Failed / No Card record", ExpectedResult = PaymentStartFailure.CardDeclined)]
    [TestCase("3012", "3DS Authentication Failed / Transaction not permitted to the cardholder", ExpectedResult = PaymentStartFailure.CardDeclined)]
    [TestCase("", "4002", ExpectedResult = PaymentStartFailure.CardFunds)]
    [TestCase(" 4002 ", null, ExpectedResult = PaymentStartFailure.CardFunds)]
    [TestCase(null, null, ExpectedResult = PaymentStartFailure.CardDeclined)]
    [TestCase("9999", "something new", ExpectedResult = PaymentStartFailure.CardDeclined)]
    public PaymentStartFailure A_declined_order_says_what_the_customer_can_do(string? code, string? reason)
    {
        var refusal = CardRefusals.Of(Order("declined", code, reason));
        Assert.That(refusal!.IsOfCard, Is.True);
        Assert.That(refusal.Details, Is.EqualTo($"{code} {reason}".Trim() is { Length: > 0 } text ? text : "declined"));
        return refusal.Failure;
    }

    [TestCase("completed")]
    [TestCase("uncleared")]
    [TestCase("initialized")]
    [TestCase("reserved")]
    [TestCase("something-new")]
    public void An_order_that_may_still_be_paid_is_no_refusal(string status) => Assert.That(CardRefusals.Of(Order(status, null, null)), Is.Null);

    [TestCase("void")]
    [TestCase("cancelled")]
    [TestCase("expired")]
    public void An_order_that_has_ended_without_money_is_a_refusal(string status) => Assert.That(CardRefusals.Of(Order(status, null, null))!.Failure, Is.EqualTo(PaymentStartFailure.CardDeclined));

    [Test]
    public void An_answer_without_an_order_is_no_refusal() => Assert.That(CardRefusals.Of((Transaction?)null), Is.Null);

    [TestCase(1024, "Transaction declined", ExpectedResult = PaymentStartFailure.CardDeclined)]
    [TestCase(1024, "Insufficient funds", ExpectedResult = PaymentStartFailure.CardFunds)]
    [TestCase(1024, "Expired card", ExpectedResult = PaymentStartFailure.CardExpired)]
    [TestCase(1000, "Not found: token", ExpectedResult = PaymentStartFailure.CardGone)]
    [TestCase(1000, "Not found", ExpectedResult = PaymentStartFailure.CardGone)]
    [TestCase(1000, "Invalid token", ExpectedResult = PaymentStartFailure.CardGone)]
    [TestCase(1000, "Something else", ExpectedResult = null)]
    [TestCase(1006, "Invalid transaction ID", ExpectedResult = null)]
    [TestCase(1032, "Invalid API key", ExpectedResult = null)]
    public PaymentStartFailure? An_error_is_a_refusal_of_the_card_only_if_it_is_about_the_card(int code, string info) =>
        CardRefusals.Of(new MultiSafepayApiException("refused") { Code = code, Info = info })?.Failure;

    private static Transaction Order(string status, string? code, string? reason) => Transaction.Parse(Encoding.UTF8.GetBytes(new JsonObject
    {
        ["order_id"] = "1001",
        ["status"] = status,
        ["financial_status"] = status,
        ["reason_code"] = code,
        ["reason"] = reason
    }.ToJsonString()));
}
