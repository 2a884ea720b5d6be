using System.Text;
using System.Text.Json;
using CsCheck;
using Nop.Plugin.Payments.MultiSafepay.Api;
using NUnit.Framework;
using Sandbox.Testing;

namespace Nop.Plugin.Payments.MultiSafepay.Tests.Api;

/// <summary>The reader that is written by hand reads what .NET's serializer reads by the types' own description, which is the plain statement of the format.</summary>
[TestFixture]
internal sealed class TransactionReaderTests
{
    private static readonly Type[] _types =
        [typeof(Transaction), typeof(PaymentDetails), typeof(TransactionPaymentMethod), typeof(RelatedTransaction), typeof(TransactionCost), typeof(ShoppingCart), typeof(TaxTables)];

    private static readonly string[] _names =
        [.. _types.SelectMany(type => ApiJson.Options.GetTypeInfo(type).Properties.Select(property => property.Name)).Distinct(),
            "tax_tables", "unknown", "0", "17", "order\\u005fid", "\\ud83d", "Status"];

    private static readonly Gen<string> _scalars = OneOf(
        "null", "true", "false", "0", "-0", "1000", "1000.0", "1000.5", "1e3", "1e99999", "9223372036854775808", "12345678901234567890123", "-1.50", "\"\"", "\" 1000 \"", "\"1e3\"", "\"12.5\"",
        "\"completed\"", "\"EUR\"", "\"1234\"", "\"a\\nb\"", "\"caf\\u00e9\"", "\"\\ud83d\"", "\"\\ud83d\\ude00\"", "[]", "{}", "[[]]", "[1,{\"a\":[]}]");

    [Test]
    public void Any_object_is_read_as_the_serializer_reads_it() => Members(3).Sample(
        members => ReadAndDeserialize(Encoding.UTF8.GetBytes("{" + members + ",\"order_id\":\"1\"}")), iter: 20_000);

    [Test]
    public void Corrupted_bytes_are_read_as_the_serializer_reads_them() =>
        Gen.Select(Gen.Int[0, OfficialExamples.Notification.Body.Length - 1], Gen.Byte, Gen.Int[0, OfficialExamples.Notification.Body.Length], Gen.Int[0, 20]).Sample(
            (position, value, cut, length) =>
            {
                var bytes = OfficialExamples.Notification.Body.ToArray();
                bytes[position] = value;
                return ReadAndDeserialize([.. bytes.AsSpan(0, cut), .. bytes.AsSpan(Math.Min(cut + length, bytes.Length))]);
            },
            iter: 20_000);

    [Test]
    public void A_notification_is_read_without_what_it_is_not_used_for()
    {
        var json = """{"order_id":"1","status":"completed","shopping_cart":{"items":[{"name":"x"}]},"checkout_options":{"default":{"rate":0.21}},"costs":[{"amount":1}],"var1":"v","var2":"w"}"""u8;
        var (whole, notification) = (Transaction.Parse(json), Transaction.ParseNotification(json));
        Assert.That((whole.ShoppingCart!.Items.Count, whole.TaxTables!.Default!.Rate, whole.Costs.Count), Is.EqualTo((1, 0.21m, 1)));
        Assert.That((notification.ShoppingCart, notification.TaxTables, notification.Costs.Count), Is.EqualTo(((ShoppingCart?)null, (TaxTables?)null, 0)));
        Assert.That((whole.Var2, notification.Var2), Is.EqualTo(("w", (string?)null)));
        Assert.That((notification.OrderId, notification.Status, notification.Var1), Is.EqualTo(("1", "completed", "v")));
    }

    private static Gen<string> OneOf(params string[] texts) => Gen.Int[0, texts.Length - 1].Select(at => texts[at]);

    private static Gen<string> Members(int depth) => Gen.Select(OneOf(_names), Value(depth), (name, value) => $"\"{name}\":{value}").Array[1, 8].Select(members => string.Join(",", members));

    private static Gen<string> Value(int depth) => depth == 0
        ? _scalars
        : Gen.Frequency(
            (5, _scalars),
            (2, Members(depth - 1).Select(members => "{" + members + "}")),
            (2, Members(depth - 1).Array[0, 3].Select(elements => "[" + string.Join(",", elements.Select(members => "{" + members + "}")) + "]")));

    private static bool ReadAndDeserialize(byte[] json) => JsonOf(() => Transaction.Parse(json)) == JsonOf(() => JsonSerializer.Deserialize<Transaction>(json, ApiJson.Options));

    // Null if it is no transaction.
    private static string? JsonOf(Func<Transaction?> read)
    {
        try
        {
            return read() is { } transaction && !string.IsNullOrWhiteSpace(transaction.OrderId) ? JsonSerializer.Serialize(transaction, ApiJson.Options) : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
