using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Sandbox.Simulator.Api;

/// <summary>MultiSafepay's envelope and its way of writing values.</summary>
public static partial class Json
{
    private static readonly TimeZoneInfo _local = TimeZoneInfo.TryFindSystemTimeZoneById("Europe/Amsterdam", out var zone) ? zone : TimeZoneInfo.Utc;

    private static readonly JsonDocumentOptions _noDuplicates = new() { AllowDuplicateProperties = false };

    private static readonly JsonSerializerOptions _relaxed = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static IResult Success(JsonNode data) => Results.Json(new JsonObject { ["success"] = true, ["data"] = data });

    public static IResult Failure(int code, string info, int httpStatus) => Results.Json(
        new JsonObject { ["success"] = false, ["data"] = new JsonArray(), ["error_code"] = code, ["error_info"] = info },
        statusCode: httpStatus);

    /// <summary>
    /// The shortest UTF-8 text, in which nothing is escaped that need not be. MultiSafepay's Python SDK writes a notification anew in this form before it checks the
    /// signature (python-sdk, webhook.py), and so would find any other to be forged.
    /// </summary>
    public static byte[] Utf8(JsonNode json) => Encoding.UTF8.GetBytes(Escape().Replace(json.ToJsonString(_relaxed), escape =>
    {
        var code = int.Parse(escape.Groups["code"].Value, NumberStyles.HexNumber, CultureInfo.InvariantCulture);
        return code < 0x7F ? escape.Value.ToLowerInvariant() : ((char)code).ToString();
    }));

    /// <summary>MultiSafepay writes its own local time, without an offset.</summary>
    public static string Time(DateTimeOffset at) =>
        TimeZoneInfo.ConvertTime(at, _local).ToString("yyyy-MM-dd'T'HH:mm:ss", CultureInfo.InvariantCulture);

    /// <summary>Understands what <see cref="Time"/> writes, a bare date, and Unix seconds.</summary>
    public static DateTimeOffset? ParseTime(string? text)
    {
        var culture = CultureInfo.InvariantCulture;
        if (long.TryParse(text, culture, out var seconds))
            return DateTimeOffset.FromUnixTimeSeconds(Math.Clamp(seconds, 0, 253_402_300_799));
        if (!DateTime.TryParseExact(text, ["yyyy-MM-dd'T'HH:mm:ss", "yyyy-MM-dd"], culture, DateTimeStyles.None, out var local))
            return null;
        return new DateTimeOffset(local, _local.GetUtcOffset(local));
    }

    /// <exception cref="RefusalException">The body is no JSON.</exception>
    public static async Task<JsonElement> ReadAsync(HttpRequest request)
    {
        try
        {
            using var document = await JsonDocument.ParseAsync(request.Body, _noDuplicates, request.HttpContext.RequestAborted);
            return document.RootElement.Clone();
        }
        catch (JsonException)
        {
            throw RefusalException.General("The body is not valid JSON");
        }
    }

    // .NET escapes more than JSON requires, such as emoji; a backslash that is itself escaped begins no escape.
    [GeneratedRegex(@"(?<=(?<!\\)(?:\\\\)*)\\u(?<code>[0-9A-F]{4})", RegexOptions.ExplicitCapture)]
    private static partial Regex Escape();
}
