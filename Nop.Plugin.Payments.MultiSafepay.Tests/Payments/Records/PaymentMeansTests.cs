using System.Text;
using Nop.Plugin.Payments.MultiSafepay.Api;
using Nop.Plugin.Payments.MultiSafepay.Payments.Records;
using Nop.Plugin.Payments.MultiSafepay.Payments.Transactions;
using NUnit.Framework;

namespace Nop.Plugin.Payments.MultiSafepay.Tests.Payments.Records;

/// <summary>What is remembered of the way a customer paid: enough for the owner and the customer, and nothing personal.</summary>
[TestFixture]
public class PaymentMeansTests
{
    private static readonly PaymentAttempt _attempt = new()
    {
        OrderId = "1",
        Environment = MultiSafepayEnvironment.Test,
        Currency = "EUR",
        Amount = 1000,
        CurrencyRate = 1,
        CreatedUtc = default,
        ExpiresUtc = default
    };

    [TestCase("""{"type":"VISA","last4":1111}""", """[{"type":"VISA","payment_description":"Visa"}]""", "Visa •••• 1111")]
    [TestCase("""{"type":"VISA","last4":"0042"}""", """[{"type":"COUPON","payment_description":"VVV Cadeaukaart"},{"type":"VISA","payment_description":"Visa"}]""", "VVV Cadeaukaart + Visa •••• 0042")]
    [TestCase("""{"type":"IDEAL","last4":null}""", "[]", "iDEAL")]
    [TestCase("""{"type":"NEXT"}""", "[]", "NEXT")]
    [TestCase("""{"type":"IDEAL","last4":"NL02ABNA0123456789"}""", """[{"type":"IDEAL","payment_description":"iDEAL"}]""", "iDEAL")]
    [TestCase("""{"type":null}""", """[{"type":"","payment_description":"x"}]""", "")]
    [TestCase("null", "null", "")]
    public void The_payment_method_is_displayed_with_its_name_and_card_digits(string details, string methods, string text) =>
        Assert.That(PaymentMeans.Text(PaymentMeans.From(Read("completed", details, methods))), Is.EqualTo(text));

    [TestCase("""{"type":"VISA","last4":1111}""", """[{"type":"APPLEPAY","payment_description":"Apple Pay"}]""", null, "Apple Pay (Visa •••• 1111)")]
    [TestCase("""{"type":"MASTERCARD","last4":"0004"}""", """[{"type":"MASTERCARD","payment_description":"Mastercard"}]""", "GOOGLEPAY", "Google Pay (Mastercard •••• 0004)")]
    [TestCase("""{"type":"AMEX"}""", "[]", "applepay", "Apple Pay (American Express)")]
    [TestCase("""{"type":"APPLEPAY"}""", """[{"type":"APPLEPAY","payment_description":"Apple Pay"}]""", "APPLEPAY", "Apple Pay")]
    [TestCase("""{"type":"IDEAL"}""", """[{"type":"IDEAL","payment_description":"iDEAL"}]""", "APPLEPAY", "iDEAL")]
    [TestCase("""{"type":"VISA","last4":1111}""", """[{"type":"VISA","payment_description":"Visa"}]""", "VISA", "Visa •••• 1111")]
    public void The_card_in_a_wallet_is_displayed(string details, string methods, string? chosen, string text) =>
        Assert.That(PaymentMeans.Text(PaymentMeans.From(Read("completed", details, methods), chosen)), Is.EqualTo(text));

    [Test]
    public void No_personal_data_is_stored_in_the_payment_record()
    {
        var transaction = Read(
            "completed",
            """{"type":"IDEAL","account_holder_name":"Jane Roe","account_iban":"NL02ABNA0123456789","account_id":"NL02ABNA0123456789","account_bic":"ABNANL2A"}""",
            """[{"type":"IDEAL","payment_description":"iDEAL","account_holder_name":"Jane Roe","account_iban":"NL02ABNA0123456789"}]""",
            "\"customer\":{\"first_name\":\"Jane\",\"last_name\":\"Roe\",\"email\":\"jane@customer.example\",\"address1\":\"Voorbeeldkade\",\"phone1\":\"0201234567\"},");

        var json = new PaymentRecord { Attempts = [_attempt] }.With(_attempt.Seen(transaction)).ToJson();

        Assert.That(json, Does.Contain("iDEAL"));
        foreach (var personal in new[] { "Jane", "Roe", "ABNA", "@", "Voorbeeldkade", "020" })
            Assert.That(json, Does.Not.Contain(personal));
    }

    [Test]
    public void A_record_of_an_older_version_is_read_and_a_current_one_round_trips()
    {
        var old = PaymentRecord.FromJson("""
            {"Attempts":[{"OrderId":"1","Environment":"Test","Currency":"EUR","Amount":1000,"CurrencyRate":1,
            "CreatedUtc":"2026-01-01T00:00:00Z","ExpiresUtc":"2026-02-01T00:00:00Z"}]}
            """);
        Assert.That((old.Current!.State, old.Current.Means, old.Current.TransactionId), Is.EqualTo(((TransactionState?)null, (IReadOnlyList<PaymentMeans>?)null, (string?)null)));

        var seen = old.With(old.Current.Seen(Read("completed", """{"type":"VISA","last4":"1111"}""", "[]")));
        var read = PaymentRecord.FromJson(seen.ToJson()).Current!;
        Assert.That((read.State, read.TransactionId, PaymentMeans.Text(read.Means)), Is.EqualTo((TransactionState.Completed, "17", "Visa •••• 1111")));
    }

    [TestCase("EUR", "1.0847", "0.92")]
    [TestCase("KWD", "3", "0.333")]
    [TestCase("JPY", "0.0062", "161")]
    [TestCase(null, "0.0062", "161.29")]
    [TestCase("KWD", "1", "1")]
    public void A_charged_amount_is_booked_with_the_decimals_of_the_primary_currency(string? primary, string rate, string booked)
    {
        var attempt = _attempt with { PrimaryCurrency = primary, CurrencyRate = decimal.Parse(rate, System.Globalization.CultureInfo.InvariantCulture) };
        Assert.That(attempt.ToOrderCurrency(100), Is.EqualTo(decimal.Parse(booked, System.Globalization.CultureInfo.InvariantCulture)));
    }

    [Test]
    public void An_expired_second_transaction_does_not_replace_the_one_that_paid()
    {
        var paid = _attempt.Seen(Read("completed", """{"type":"VISA","last4":"1111"}""", "[]"));
        Assert.That(paid.Seen(Read("expired", """{"type":"IDEAL"}""", "[]", id: 18)), Is.SameAs(paid));
        Assert.That(paid.Seen(Read("void", """{"type":"VISA"}""", "[]")).State, Is.EqualTo(TransactionState.Void), "its own end is seen");
        Assert.That(paid.Seen(Read("completed", """{"type":"VISA","last4":"1111"}""", "[]")), Is.SameAs(paid), "and nothing new is nothing new");
        Assert.That(paid.Seen(Read("something", """{"type":"VISA"}""", "[]")), Is.SameAs(paid));
    }

    private static Transaction Read(string status, string details, string methods, string more = "", int id = 17) => Transaction.Parse(Encoding.UTF8.GetBytes(
        $$"""{"order_id":"1","transaction_id":{{id}},"status":"{{status}}","financial_status":"{{status}}","amount":1000,"currency":"EUR","""
        + $$"""{{more}}"payment_details":{{details}},"payment_methods":{{methods}}}"""));
}
