using System.Text;
using System.Text.Json;
using CsCheck;
using Nop.Plugin.Payments.MultiSafepay.Api;
using NUnit.Framework;
using Sandbox.Testing;

namespace Nop.Plugin.Payments.MultiSafepay.Tests.Api;

/// <summary>Reading a transaction in the types that MultiSafepay has been seen to write, and in whatever else: a payment is not lost over an odd field.</summary>
[TestFixture]
internal sealed class TransactionToleranceTests
{
    [Test]
    public void All_deviating_field_types_at_once_are_read()
    {
        var transaction = Parse("""
            {
              "order_id": 1588947171, "transaction_id": 123456789012345678901234567890, "status": null, "financial_status": 1,
              "amount": "1000.0", "amount_refunded": "", "currency": [], "var1": 12.50, "var2": true, "var3": {"a": [1, {"b": 2}]},
              "reason": {}, "reason_code": 0, "items": "<table border=\"0\"></table>",
              "payment_details": {"type": "VISA", "last4": 34, "card_expiry_date": 304, "capture": "manual", "capture_expiry": "2030-06-06T05:53:44", "capture_remain": "9743"},
              "payment_methods": {"0": {"type": "COUPON", "amount": "250"}, "2": {"type": "IDEAL", "amount": 750.00}},
              "related_transactions": {"type": "refund", "amount": 500, "costs": [], "transaction_id": 5},
              "costs": [null, "", 1, {"amount": "0.49"}, {"amount": null}, []],
              "shopping_cart": {"items": [{"name": 7, "quantity": "2", "unit_price": "19.1200000000", "options": [], "weight": {"unit": null, "value": "0.3"}}, {"weight": ""}]},
              "checkout_options": {"alternate": [{"name": "BTW21", "rules": [{"country": "", "rate": "0.21"}], "standalone": ""}], "default": {"rate": "0.00", "shipping_taxed": "true"}},
              "customer": "", "custom_info": [], "fastcheckout": "NO", "order_total": "100.00", "something_new": [{"deep": [[[]]]}]
            }
            """);

        Assert.Multiple(() =>
        {
            Assert.That(transaction.OrderId, Is.EqualTo("1588947171"));
            Assert.That(transaction.TransactionId, Is.EqualTo("123456789012345678901234567890"));
            Assert.That(transaction.Status, Is.Empty);
            Assert.That(transaction.FinancialStatus, Is.EqualTo("1"));
            Assert.That(transaction.Amount, Is.EqualTo(1000));
            Assert.That(transaction.AmountRefunded, Is.Null);
            Assert.That(transaction.Currency, Is.Null);
            Assert.That(transaction.Var1, Is.EqualTo("12.50"));
            Assert.That(transaction.Var2, Is.EqualTo("true"));
            Assert.That(transaction.Var3, Is.Null);
            Assert.That(transaction.Reason, Is.Null);
            Assert.That(transaction.ReasonCode, Is.EqualTo("0"));
            Assert.That(transaction.PaymentDetails!.Last4, Is.EqualTo("0034"));
            Assert.That(transaction.PaymentDetails.CaptureRemain, Is.EqualTo(9743));
            Assert.That(transaction.PaymentMethods.Select(method => (method.Type, method.Amount)), Is.EqualTo(new (string?, long?)[] { ("COUPON", 250), ("IDEAL", 750) }));
            Assert.That(transaction.RelatedTransactions, Is.EqualTo(new[] { new RelatedTransaction { Type = "refund", Amount = 500, TransactionId = "5" } }));
            Assert.That(transaction.Costs.Select(cost => cost.Amount), Is.EqualTo(new decimal?[] { 0.49m, null }));
            Assert.That(transaction.ShoppingCart!.Items[0], Is.EqualTo(new CartItem { Name = "7", Quantity = 2, UnitPrice = 19.12m, Weight = new ItemWeight { Value = 0.3m } }));
            Assert.That(transaction.ShoppingCart.Items[1], Is.EqualTo(new CartItem()));
            Assert.That(transaction.TaxTables!.Default, Is.EqualTo(new DefaultTaxTable { Rate = 0, ShippingTaxed = true }));
            Assert.That(transaction.TaxTables.Alternate.Single().Rules, Is.EqualTo(new[] { new TaxRule { Rate = 0.21m, Country = "" } }));
            Assert.That(transaction.TaxTables.Alternate.Single().Standalone, Is.Null);
        });
    }

    [Test]
    public void Tax_tables_are_also_read_inside_a_wrapper()
    {
        var transaction = Parse("""{"order_id": "1", "checkout_options": {"validate_cart": true, "tax_tables": {"default": {"rate": 0.09}, "alternate": {}}}}""");
        Assert.That(transaction.TaxTables!.Default!.Rate, Is.EqualTo(0.09m));
        Assert.That(transaction.TaxTables.Alternate, Is.Empty);
    }

    [TestCase("1000", 1000)]
    [TestCase("\"1000\"", 1000)]
    [TestCase("\" 1000 \"", 1000)]
    [TestCase("1000.0", 1000)]
    [TestCase("1e3", 1000)]
    [TestCase("\"1000.00\"", 1000)]
    [TestCase("-5", -5)]
    [TestCase("0", 0)]
    [TestCase("9223372036854775807", long.MaxValue)]
    [TestCase("9223372036854775808", null)]
    [TestCase("1e400", null)]
    [TestCase("1000.5", null)]
    [TestCase("\"1.000,00\"", null)]
    [TestCase("\"10,00\"", null)]
    [TestCase("\"1e3\"", null)]
    [TestCase("\"\"", null)]
    [TestCase("\"abc\"", null)]
    [TestCase("\"\\ud83d\"", null)]
    [TestCase("null", null)]
    [TestCase("true", null)]
    [TestCase("[]", null)]
    [TestCase("{}", null)]
    [TestCase("[1000]", null)]
    public void Amounts_are_read_in_every_JSON_type(string json, long? expected)
    {
        var transaction = Parse($$$"""{"amount": {{{json}}}, "order_id": "1", "amount_refunded": {{{json}}}, "payment_details": {"capture_remain": {{{json}}}}}""");
        Assert.That(
            new[] { transaction.Amount, transaction.AmountRefunded, transaction.PaymentDetails!.CaptureRemain },
            Is.All.EqualTo(expected));
    }

    private static readonly string[] _oddValues =
    [
        "null", "\"\"", "\"text\"", "\"<b>html</b>\"", "0", "1", "-1.5", "1e99999", "12345678901234567890123", "true", "false", "[]", "{}", "[[]]", "[{}]", "[null, 1, \"\"]",
        "{\"0\": {}}", "{\"a\": {\"b\": []}}", "\"\\ud83d\"", "{\"\\ud83d\": 1}", "[{\"\\ud83d\": \"\\ude00\"}]"
    ];

    /// <summary>Every field, in turn, with every odd value: the transaction is read all the same, and the other fields with it.</summary>
    [Test]
    public void No_malformed_optional_field_prevents_reading_the_transaction()
    {
        var fields = FieldsOf(typeof(Transaction)).Except(["order_id", "amount"]).Append("customer").Append("items").ToList();
        Assert.That(fields, Has.Count.GreaterThan(20));

        Assert.Multiple(() =>
        {
            foreach (var field in fields)
                foreach (var value in _oddValues)
                {
                    Transaction? transaction = null;
                    Assert.That(() => transaction = Parse($$"""{"{{field}}": {{value}}, "order_id": "1", "amount": 10}"""), Throws.Nothing, $"{field}: {value}");
                    Assert.That((transaction?.OrderId, transaction?.Amount), Is.EqualTo(("1", (long?)10)), $"{field}: {value}");
                    Assert.That(transaction?.ToString(), Does.Contain("OrderId = 1"));
                }
        });
    }

    /// <summary>The same one level down, in objects and in lists.</summary>
    [TestCase("payment_details", typeof(PaymentDetails), false)]
    [TestCase("payment_methods", typeof(TransactionPaymentMethod), true)]
    [TestCase("related_transactions", typeof(RelatedTransaction), true)]
    [TestCase("costs", typeof(TransactionCost), true)]
    [TestCase("shopping_cart", typeof(ShoppingCart), false)]
    [TestCase("checkout_options", typeof(TaxTables), false)]
    public void No_malformed_nested_field_prevents_reading_the_transaction(string parent, Type type, bool isList) =>
        Assert.Multiple(() =>
        {
            foreach (var field in FieldsOf(type).Append("unknown"))
                foreach (var value in _oddValues)
                {
                    var nested = $$"""{"{{field}}": {{value}}}""";
                    var json = $$"""{"{{parent}}": {{(isList ? $"[{nested}, {nested}]" : nested)}}, "order_id": "1", "amount": 10}""";
                    Transaction? transaction = null;
                    Assert.That(() => transaction = Parse(json), Throws.Nothing, json);
                    Assert.That(transaction?.Amount, Is.EqualTo(10), json);
                }
        });

    [TestCase("")]
    [TestCase("null")]
    [TestCase("[]")]
    [TestCase("\"text\"")]
    [TestCase("1")]
    [TestCase("{}")]
    [TestCase("{\"order_id\": null}")]
    [TestCase("{\"order_id\": \"\"}")]
    [TestCase("{\"order_id\": \"  \"}")]
    [TestCase("{\"order_id\": []}")]
    [TestCase("{\"order_id\": {\"a\": 1}}")]
    [TestCase("{\"order_id\": \"\\ud83d\"}")]
    [TestCase("{\"order_id\": \"1\"")]
    [TestCase("{\"order_id\": \"1\"} x")]
    [TestCase("{\"order_id\": \"1\",}")]
    [TestCase("<html><body>Bad gateway</body></html>")]
    [TestCase("order_id=1&status=completed")]
    public void A_body_that_is_no_transaction_is_rejected(string body) => Assert.That(() => Parse(body), Throws.TypeOf<JsonException>());

    [Test]
    public void A_byte_order_mark_is_skipped() =>
        Assert.That(Transaction.Parse([0xEF, 0xBB, 0xBF, .. OfficialExamples.Notification.Body]).OrderId, Is.EqualTo("my-order-id"));

    [Test]
    public void A_body_that_is_too_long_or_too_deep_is_rejected()
    {
        var padding = new string(' ', Transaction.MaxLength);
        Assert.That(() => Parse("""{"order_id": "1"}""" + padding), Throws.TypeOf<JsonException>());
        Assert.That(Parse("""{"order_id": "1"}""" + padding[100..]).OrderId, Is.EqualTo("1"));
        Assert.That(() => Parse($$"""{"order_id": "1", "x": {{new string('[', 10_000)}}{{new string(']', 10_000)}}}"""), Throws.TypeOf<JsonException>());
    }

    /// <summary>Whatever happens to the bytes on their way, the reader reads or says no; it never fails in another way.</summary>
    [Test]
    public void Corrupted_bytes_are_read_or_rejected() =>
        Gen.Select(Gen.Int[0, OfficialExamples.Notification.Body.Length - 1], Gen.Byte, Gen.Int[0, OfficialExamples.Notification.Body.Length], Gen.Int[0, 20]).Sample(
            (position, value, cut, cutLength) =>
            {
                var bytes = OfficialExamples.Notification.Body.ToArray();
                bytes[position] = value;
                bytes = [.. bytes.AsSpan(0, cut), .. bytes.AsSpan(Math.Min(cut + cutLength, bytes.Length))];
                try
                {
                    return Transaction.Parse(bytes).OrderId.Length > 0;
                }
                catch (JsonException)
                {
                    return true;
                }
            },
            iter: 20_000);

    [Test]
    public void Invalid_UTF8_in_an_optional_field_is_read_as_null()
    {
        var json = Encoding.UTF8.GetBytes("""{"order_id": "1", "description": "#", "payment_details": {"type": "#", "capture": "manual"}}""");
        json.AsSpan().Replace((byte)'#', (byte)0xFF);

        var transaction = Transaction.Parse(json);
        Assert.That(transaction.Description, Is.Null);
        Assert.That(transaction.PaymentDetails!.Capture, Is.EqualTo("manual"));
    }

    private static Transaction Parse(string json) => Transaction.Parse(Encoding.UTF8.GetBytes(json));

    private static IEnumerable<string> FieldsOf(Type type) =>
        ApiJson.Options.GetTypeInfo(type).Properties.Select(property => property.Name);
}
