using System.Text.Json;
using System.Text.Json.Nodes;
using Nop.Plugin.Payments.MultiSafepay.Payments.Records;
using Nop.Plugin.Payments.MultiSafepay.Payments.Transactions;
using NUnit.Framework;

namespace Nop.Plugin.Payments.MultiSafepay.Tests.Payments.Records;

/// <summary>The JSON that shops have stored: every version that was ever written is read, and a newer one is refused instead of being misread.</summary>
[TestFixture]
internal sealed class PaymentRecordFormatTests
{
    private static string[] Recorded() =>
        Directory.GetFiles(Path.Combine(AppContext.BaseDirectory, "Payments", "Records", "TestData"), "payment-record-*.json").Select(Path.GetFileName).ToArray()!;

    [Test]
    public void A_record_of_each_version_is_kept() => Assert.That(
        Recorded(), Is.EquivalentTo(Enumerable.Range(0, PaymentRecord.CurrentVersion + 1).Select(version => $"payment-record-{version}.json")));

    [TestCaseSource(nameof(Recorded))]
    public void A_record_of_an_earlier_version_is_read_whole(string file)
    {
        var record = Read(file);
        var paid = record.Find("1001-2")!;
        Assert.Multiple(() =>
        {
            Assert.That(record.Attempts.Select(attempt => (attempt.OrderId, attempt.Closed, attempt.State)), Is.EqualTo(new[]
            {
                ("1001", true, (TransactionState?)TransactionState.Expired), ("1001-2", false, TransactionState.Completed)
            }));
            Assert.That((paid.Currency, paid.Amount, paid.OrderTotal, paid.PrimaryCurrency, paid.CurrencyRate), Is.EqualTo(("USD", 5418L, 49.95m, "EUR", 1.0847m)));
            Assert.That((paid.CaptureOrderId, paid.CaptureAmount, paid.CaptureTotal, paid.TransactionId), Is.EqualTo(("1001-2-c", 5000L, 46.1m, "4711")));
            Assert.That(paid.CreatedUtc, Is.EqualTo(new DateTime(2026, 11, 1, 11, 0, 0, DateTimeKind.Utc).AddTicks(1_234_567)).And.Property(nameof(DateTime.Kind)).EqualTo(DateTimeKind.Utc));
            Assert.That(PaymentMeans.Text(paid.Means), Is.EqualTo("VVV Cadeaukaart + Visa •••• 0042"));
            Assert.That(record.Refunds, Is.EqualTo(new[] { new AccountedRefund(1000, 9.22m) { AttemptId = "1001-2" }, new AccountedRefund(500, 4.61m) { IsChargeback = true } }));
            Assert.That(record.Applied, Is.EqualTo(new[] { "paid:4711", "paid-note:4711", "refund-booked:1001-2-r1" }));
            Assert.That(record.RefundAttempts.Single(), Is.EqualTo(new RefundAttempt
            {
                RefundOrderId = "1001-2-r1",
                AttemptId = "1001-2",
                OrderId = "1001-2-c",
                Amount = 1000,
                OrderAmount = 9.22m,
                BookedElsewhere = 1.5m,
                CreatedUtc = new DateTime(2026, 11, 2, 11, 0, 0, DateTimeKind.Utc),
                TransactionId = "4712",
                State = RefundState.Counted
            }));
            Assert.That(record.PendingSave, Is.EqualTo(new PendingSave(PendingSaveKind.Refund, "1001-2-r2", new DateTime(2026, 11, 2, 12, 30, 0, DateTimeKind.Utc), 9.22m)));
        });
    }

    [TestCaseSource(nameof(Recorded))]
    public void A_record_is_written_in_the_current_version_and_loses_nothing(string file)
    {
        var written = JsonNode.Parse(Read(file).ToJson())!;
        var expected = JsonNode.Parse(Text(file))!;
        expected["Version"] = PaymentRecord.CurrentVersion;
        Assert.That(Missing(written, expected, "$"), Is.Empty, written.ToJsonString());
    }

    // What a later build knows besides may be added.
    private static IEnumerable<string> Missing(JsonNode? written, JsonNode? expected, string path) => (written, expected) switch
    {
        (JsonObject now, JsonObject before) => before.SelectMany(member => Missing(now[member.Key], member.Value, $"{path}.{member.Key}")),
        (JsonArray now, JsonArray before) when now.Count == before.Count => before.SelectMany((item, index) => Missing(now[index], item, $"{path}[{index}]")),
        _ => JsonNode.DeepEquals(written, expected) ? [] : [path]
    };

    [Test]
    public void A_record_of_a_newer_version_is_refused() => Assert.That(
        () => PaymentRecord.FromJson(FormattableString.Invariant($$"""{"Version":{{PaymentRecord.CurrentVersion + 1}},"Attempts":[]}""")), Throws.InstanceOf<JsonException>());

    private static PaymentRecord Read(string file) => PaymentRecord.FromJson(Text(file));

    private static string Text(string file) => File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Payments", "Records", "TestData", file));
}
