using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Nop.Plugin.Payments.MultiSafepay.Tests.Security.Fuzzing;

/// <summary>How an input is signed.</summary>
internal enum FuzzSignature
{
    /// <summary>As MultiSafepay signs: what follows is MultiSafepay saying something unexpected.</summary>
    Genuine,

    /// <summary>Over the body as it was before its bytes were changed.</summary>
    BeforeTheChange,

    /// <summary>With a key that nobody has.</summary>
    MadeUpKey,

    /// <summary>With the shop's key of the other environment.</summary>
    OtherEnvironment,

    /// <summary>Genuine, with a header that was changed.</summary>
    ChangedHeader,

    /// <summary>Any text.</summary>
    Noise,

    /// <summary>Not at all.</summary>
    None
}

/// <summary>A change of the JSON tree: where, counted through all its values, what, and with which odd value.</summary>
internal sealed record JsonEdit(int Where, JsonEditKind Kind, int Value);

internal enum JsonEditKind
{
    Replace,
    Remove,
    Double,
    Rename,
    Wrap
}

/// <summary>A change of the bytes: some are cut out at a place, and others put in.</summary>
internal sealed record ByteEdit(int Where, int Cut, byte[] Insert);

/// <summary>One request, described so that it can be made for any order.</summary>
internal sealed record FuzzInput(
    string Method, string Path, IReadOnlyList<(string Name, string Value)> Query, IReadOnlyList<(string Name, string Value)> Headers,
    int Kind, IReadOnlyList<JsonEdit> JsonEdits, IReadOnlyList<ByteEdit> ByteEdits, FuzzSignature Signature, int Age, string Noise, int Padding)
{
    private static readonly string[] _oddValues =
    [
        "null", "\"\"", "\" \"", "0", "-1", "1", "1e400", "-1e-400", "0.1", "9223372036854775807", "9223372036854775808", "-9223372036854775808", "123456789012345678901234567890",
        "NaN", "Infinity", "01", "+1", "true", "false", "[]", "{}", "[[]]", "[{}]", "[null]", "{\"0\":{}}", "{\"a\":{\"b\":[]}}", "\"\\ud83d\"", "\"\\u0000\"", "\"\\u202e\"", "\"\u00e9\"",
        "\"<script>\"", "\"{0}{1}{9}\"", "\"%s%n\"", "\"' OR 1=1 --\"", "\"completed\"", "\"COMPLETED \"", "\"initialized\"", "\"refunded\"", "\"partial_refunded\"", "\"chargeback\"",
        "\"void\"", "\"expired\"", "\"declined\"", "\"cancelled\"", "\"uncleared\"", "\"reserved\"", "\"shipped\"", "\"manual\"", "\"capture\"", "\"refund\"", "\"COUPON\"", "\"EUR\"", "\"USD\"",
        "\"JPY\"", "\"@LONG@\"", "@DEEP@", "\"2030-01-02T03:04:05\"", "\"9999-99-99T99:99:99\"", "\"00000000-0000-0000-0000-000000000000\"", "\"unterminated"
    ];

    /// <summary>The notification's bytes for an order, and what is signed.</summary>
    public (byte[] Body, byte[] Signed) BodyOf(string orderId, Guid orderGuid, long amount)
    {
        var root = FuzzNotifications.All[Kind % FuzzNotifications.All.Count](orderId, orderGuid, amount);
        foreach (var edit in JsonEdits)
            Apply(root, edit);
        var text = System.Text.RegularExpressions.Regex.Replace(root.ToJsonString(), "\"@@(\\d+)@@\"", match => _oddValues[int.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture)])
            .Replace("@@again@@", string.Empty, StringComparison.Ordinal)
            .Replace("@LONG@", new string('x', 3000), StringComparison.Ordinal)
            .Replace("@DEEP@", new string('[', 200) + new string(']', 200), StringComparison.Ordinal);
        var before = Encoding.UTF8.GetBytes(text + new string(' ', Padding));
        var body = ByteEdits.Aggregate(before, Apply);
        return (body, Signature == FuzzSignature.BeforeTheChange ? before : body);
    }

    private static void Apply(JsonNode root, JsonEdit edit)
    {
        var places = Places(root).ToList();
        if (places.Count == 0)
            return;
        var (parent, key, index) = places[edit.Where % places.Count];
        var odd = JsonValue.Create($"@@{edit.Value % _oddValues.Length}@@");
        switch (edit.Kind, parent)
        {
            case (JsonEditKind.Remove, JsonObject fields):
                fields.Remove(key!);
                break;
            case (JsonEditKind.Remove, JsonArray elements):
                elements.RemoveAt(index);
                break;
            case (JsonEditKind.Double, JsonObject fields):
                fields[key + "@@again@@"] = odd;
                break;
            case (JsonEditKind.Rename, JsonObject fields):
                var moved = fields[key!];
                fields.Remove(key!);
                fields[key!.ToUpperInvariant()] = moved;
                break;
            case (JsonEditKind.Wrap, JsonObject fields):
                var wrapped = fields[key!]?.DeepClone();
                fields[key!] = edit.Value % 2 == 0 ? new JsonArray(wrapped) : new JsonObject { ["0"] = wrapped };
                break;
            case (_, JsonObject fields):
                fields[key!] = odd;
                break;
            case (_, JsonArray elements):
                elements[index] = odd;
                break;
        }
    }

    private static IEnumerable<(JsonNode Parent, string? Key, int Index)> Places(JsonNode? node) => node switch
    {
        JsonObject fields => fields.ToList().SelectMany(field => Places(field.Value).Prepend((fields, field.Key, 0))),
        JsonArray elements => elements.ToList().SelectMany((element, index) => Places(element).Prepend((elements, null, index))),
        _ => []
    };

    private static byte[] Apply(byte[] bytes, ByteEdit edit)
    {
        var at = bytes.Length == 0 ? 0 : edit.Where % bytes.Length;
        return [.. bytes.AsSpan(0, at), .. edit.Insert, .. bytes.AsSpan(Math.Min(bytes.Length, at + edit.Cut))];
    }

    public override string ToString() => JsonSerializer.Serialize(new
    {
        Method,
        Path,
        Query = Query.Select(pair => $"{pair.Name}={pair.Value}"),
        Headers = Headers.Select(pair => $"{pair.Name}: {pair.Value}"),
        Kind,
        JsonEdits = JsonEdits.Select(edit => $"{edit.Kind} {edit.Where} {_oddValues[edit.Value % _oddValues.Length]}"),
        ByteEdits = ByteEdits.Select(edit => $"{edit.Where} -{edit.Cut} +{Convert.ToHexString(edit.Insert)}"),
        Signature = Signature.ToString(),
        Age,
        Noise,
        Padding
    });
}
