using System.IO.Compression;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using Nop.Core.Domain.Orders;
using Nop.Plugin.Payments.MultiSafepay.Tests.Integration;
using NUnit.Framework;

namespace Nop.Plugin.Payments.MultiSafepay.Tests.Security;

/// <summary>Bodies that are odd, though their signature is right: MultiSafepay sends something unexpected, or whoever stole nothing tries an encoding.</summary>
[TestFixture]
internal sealed class SignedBodyTests : SecurityFixture
{
    private static readonly string[] _amounts =
    [
        "-1", "0", "1", "1e99", "1e-99", "1e400", "-1e400", "9223372036854775807", "9223372036854775808", "-9223372036854775808", "\"-1\"", "\"\"", "\" \"", "\"1e3\"",
        "\"0x10\"", "\"NaN\"", "\"Infinity\"", "null", "true", "[]", "{}", "[1000]", "{\"amount\":1000}", "1.5", "\"1,000\"", "\"\\ud83d\"", "\"\\u0000\""
    ];

    private static readonly string[] _currencies = ["", " ", "\t", "\u0000", "eu", "EURO", "€", "EUR ", "EUR\0", "<b>EUR</b>", "XXX", "JPY", "CLF", "usd", "\ud83d\ude00"];

    [Test]
    public async Task Only_the_charged_amount_marks_the_order_as_paid()
    {
        foreach (var amount in _amounts)
            await PaysNothingAsync(order => Json(order, ("amount", amount)), amount);
    }

    [Test]
    public async Task Only_the_charged_currency_marks_the_order_as_paid()
    {
        foreach (var currency in _currencies)
            await PaysNothingAsync(order => Json(order, ("currency", System.Text.Json.JsonSerializer.Serialize(currency))), currency);
    }

    [Test]
    public async Task A_notification_without_a_required_field_does_not_pay_the_order()
    {
        foreach (var field in new[] { "amount", "currency", "status", "order_id", "var1" })
            await PaysNothingAsync(order =>
            {
                var body = IntegrationHost.Body(order, order.CustomOrderNumber);
                body.Remove(field);
                return body.ToJsonString();
            }, field);
    }

    [Test]
    public async Task A_body_that_is_no_JSON_is_rejected()
    {
        foreach (var body in new[]
        {
            """{"amount":NaN}""",
            """{"amount":Infinity}""",
            """{"amount":01000}""",
            """{"amount":+1000}""",
            """{"amount":1_000}""",
            """{'amount':1000}""",
            """{"amount":1000,}""",
            """{"amount":1000}{}""",
            """/* */{"amount":1000}""",
            "\u0000{}",
            "\ufeff\ufeff{}"
        })
        {
            Assert.That((await Host.PostAsync(Encoding.UTF8.GetBytes(body))).Status, Is.EqualTo(HttpStatusCode.BadRequest), body);
        }
    }

    [TestCase('[', ']')]
    [TestCase('{', '}')]
    public async Task Deeply_nested_JSON_is_rejected(char open, char close)
    {
        var nested = open == '[' ? new string(open, 60_000) + new string(close, 60_000) : string.Concat(Enumerable.Repeat("{\"a\":", 20_000)) + "1" + new string(close, 20_000);
        Assert.That((await Host.PostAsync(Encoding.UTF8.GetBytes($$"""{"order_id":"1","x":{{nested}}}"""))).Status, Is.EqualTo(HttpStatusCode.BadRequest));
        Assert.That(await ErrorsAsync(), Is.Empty);
    }

    /// <summary>Of a key that is there twice the last one counts, in one reading for all: nothing checks the first and uses the last.</summary>
    [Test]
    public async Task The_last_value_of_a_duplicate_JSON_key_counts()
    {
        var cheap = await Host.BuyWithoutNotificationsAsync(productId: 7);
        var dear = await Host.BuyWithoutNotificationsAsync(productId: 5);
        var body = IntegrationHost.Body(cheap, cheap.CustomOrderNumber).ToJsonString()[..^1];

        Assert.That((await Host.PostAsync(Encoding.UTF8.GetBytes($$"""{{body}},"var1":"{{dear.OrderGuid}}"}"""))).Status, Is.EqualTo(HttpStatusCode.OK));
        Assert.That((await IsPaidAsync(cheap), await IsPaidAsync(dear)), Is.EqualTo((false, false)), "an order id of one order and the GUID of another");

        Assert.That((await Host.PostAsync(Encoding.UTF8.GetBytes($$"""{{body}},"amount":1}"""))).Status, Is.EqualTo(HttpStatusCode.OK));
        Assert.That(await IsPaidAsync(cheap), Is.False, "the last amount is wrong");
    }

    [TestCase("captured beyond all bounds", """[{"type":"capture","status":"completed","amount":9223372036854775807},{"type":"capture","status":"completed","amount":9223372036854775807}]""")]
    [TestCase("captured less than nothing", """[{"type":"capture","status":"completed","amount":-9223372036854775808},{"type":"capture","status":"completed","amount":-1}]""")]
    [TestCase("charged back many times", """[{"type":"chargeback","status":"completed","amount":9223372036854775807},{"type":"reverse-chargeback","amount":-9223372036854775808}]""")]
    [TestCase("refunded beyond all bounds", """[{"type":"refund","status":"completed","amount":9223372036854775807},{"type":"refund","status":"completed","amount":9223372036854775807}]""")]
    public async Task Extreme_numbers_in_a_signed_notification_cause_no_failure(string what, string related)
    {
        foreach (var (status, financialStatus) in new[] { ("completed", "initialized"), ("completed", "completed"), ("partial_refunded", "completed"), ("chargeback", "completed") })
        {
            var order = await Host.BuyWithoutNotificationsAsync();
            var json = Json(order, ("status", $"\"{status}\""), ("financial_status", $"\"{financialStatus}\""), ("amount_refunded", "9223372036854775807"), ("related_transactions", related),
                ("payment_details", """{"type":"VISA","capture":"manual","capture_remain":-9223372036854775808}"""));
            Assert.That((await Host.PostAsync(Encoding.UTF8.GetBytes(json))).Status, Is.EqualTo(HttpStatusCode.OK), $"{what}: {status}/{financialStatus}");
            var after = await Host.ReloadAsync(order);
            Assert.That(after.RefundedAmount, Is.InRange(0m, order.OrderTotal));
            using var panel = await Host.Browser.GetAsync($"Admin/MultiSafepayPanel/Show/{order.Id}");
            Assert.That(panel.StatusCode, Is.EqualTo(HttpStatusCode.OK));
        }

        Assert.That(await ErrorsAsync(), Is.Empty);
    }

    /// <summary>What a signed body says is remembered in a bounded size, though its words may be as long as a body.</summary>
    [Test]
    public async Task Long_values_in_a_signed_notification_are_stored_truncated()
    {
        var order = await Host.BuyWithoutNotificationsAsync();
        var text = $"\"{new string('x', 200_000)}\"";
        foreach (var field in new[] { "status", "financial_status", "transaction_id", "order_id", "currency", "reason" })
            Assert.That((await Host.PostAsync(Encoding.UTF8.GetBytes(Json(order, (field, text))))).Status, Is.EqualTo(HttpStatusCode.OK), field);
        for (var i = 0; i < 60; i++)
            await Host.NotifyAsync(IntegrationHost.Body(order, order.CustomOrderNumber, $"new-{i}"));

        Assert.That((await Host.RecordAsync(order)).ToJson(), Has.Length.LessThan(10_000));
        Assert.That(await Host.OurNotesAsync(order), Has.Count.LessThan(50).And.All.Length.LessThan(2_000));
    }

    [Test]
    public async Task The_raw_body_is_read_whatever_its_content_type_or_encoding_header()
    {
        foreach (var contentType in new[]
            { "application/json; charset=utf-16", "text/html; charset=nonsense", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x", "application/octet-stream", "" })
            await PaysAsync(contentType, null);
        foreach (var encoding in new[] { "gzip", "br", "chunked", "nonsense" })
            await PaysAsync("application/json", encoding);

        async Task PaysAsync(string contentType, string? encoding)
        {
            var order = await Host.BuyWithoutNotificationsAsync();
            Assert.That(await PostAsync(Bytes(IntegrationHost.Body(order, order.CustomOrderNumber)), contentType, encoding), Is.EqualTo(HttpStatusCode.OK), contentType + encoding);
            Assert.That(await IsPaidAsync(order), Is.True);
        }
    }

    [Test]
    public async Task A_compressed_body_is_not_decompressed()
    {
        var order = await Host.BuyWithoutNotificationsAsync();
        var body = Bytes(IntegrationHost.Body(order, order.CustomOrderNumber));
        var packed = new MemoryStream();
        await using (var gzip = new GZipStream(packed, CompressionLevel.Optimal, leaveOpen: true))
            await gzip.WriteAsync(body);

        Assert.That(await PostAsync(packed.ToArray(), "application/json", "gzip", Sign(body)), Is.EqualTo(HttpStatusCode.Unauthorized), "signed before it was packed");
        Assert.That(await PostAsync(packed.ToArray(), "application/json", "gzip"), Is.EqualTo(HttpStatusCode.BadRequest), "signed as it is");
        Assert.That(await IsPaidAsync(order), Is.False);
    }

    [Test]
    public async Task Only_UTF8_bodies_are_accepted()
    {
        var order = await Host.BuyWithoutNotificationsAsync();
        var json = IntegrationHost.Body(order, order.CustomOrderNumber).ToJsonString();
        foreach (var encoding in new[] { Encoding.Unicode, Encoding.BigEndianUnicode, Encoding.UTF32, Encoding.GetEncoding("utf-32BE") })
            Assert.That(await PostAsync([.. encoding.GetPreamble(), .. encoding.GetBytes(json)], $"application/json; charset={encoding.WebName}"), Is.EqualTo(HttpStatusCode.BadRequest),
                encoding.WebName);

        Assert.That(await PostAsync([.. Encoding.UTF8.GetPreamble(), .. Encoding.UTF8.GetBytes(json)], "application/json"), Is.EqualTo(HttpStatusCode.OK), "with a byte order mark");
    }

    private async Task PaysNothingAsync(Func<Order, string> body, string what)
    {
        var order = await Host.BuyWithoutNotificationsAsync();
        var (status, _, _) = await Host.PostAsync(Encoding.UTF8.GetBytes(body(order)));
        Assert.That(status, Is.AnyOf(HttpStatusCode.OK, HttpStatusCode.BadRequest, HttpStatusCode.NotFound), what);
        Assert.That(await IsPaidAsync(order), Is.False, what);
        Assert.That(await ErrorsAsync(), Is.Empty, what);
        Assert.That((await Host.NotifyAsync(IntegrationHost.Body(order, order.CustomOrderNumber))).Status, Is.EqualTo(HttpStatusCode.OK));
        Assert.That(await IsPaidAsync(order), Is.True, "the order can still be paid");
    }

    /// <summary>The usual notification with some values replaced by raw JSON, which need not be valid.</summary>
    private static string Json(Order order, params (string Field, string Value)[] values)
    {
        var body = IntegrationHost.Body(order, order.CustomOrderNumber);
        foreach (var (field, _) in values)
            body.Remove(field);
        return $"{body.ToJsonString()[..^1]},{string.Join(',', values.Select(value => $"\"{value.Field}\":{value.Value}"))}}}";
    }

    private async Task<HttpStatusCode> PostAsync(byte[] body, string contentType, string? encoding = null, string? auth = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(Host.Shop.Url, "multisafepay/notification/1"));
        request.Content = new ByteArrayContent(body);
        if (contentType.Length > 0)
            request.Content.Headers.ContentType = MediaTypeHeaderValue.Parse(contentType);
        if (encoding is not null)
            request.Content.Headers.ContentEncoding.Add(encoding);
        request.Headers.Add("Auth", auth ?? Sign(body));
        using var answer = await Host.SendAsync(request);
        return answer.StatusCode;
    }
}
