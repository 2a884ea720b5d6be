using System.Buffers;
using System.Globalization;
using System.Net;
using System.Text.Json;

namespace Nop.Plugin.Payments.MultiSafepay.Api;

/// <summary>
/// Reads the envelope of every answer: <c>{"success": true, "data": …}</c>, or <c>{"success": false, "error_code": …, "error_info": …}</c>.
/// </summary>
internal static class ApiResponseReader
{
    /// <summary>Returns the data of a successful answer, and throws for any other.</summary>
    /// <param name="call">The call that was made.</param>
    /// <param name="status">The HTTP status of the answer.</param>
    /// <param name="body">The body of the answer.</param>
    /// <param name="read">Reads the data; throws <see cref="JsonException"/> if it is not usable.</param>
    /// <exception cref="MultiSafepayApiException">The answer reports a failure or cannot be read.</exception>
    public static T Open<T>(ApiCall call, HttpStatusCode status, ReadOnlyMemory<byte> body, Func<JsonElement, T> read)
    {
        try
        {
            using var document = JsonDocument.Parse(body);
            if (document.RootElement.ValueKind != JsonValueKind.Object)
                throw call.Unreadable(status, "the answer is no object");

            var envelope = document.RootElement;
            if (IsSuccess(status) && !envelope.TryGetProperty("success", out _))
                throw call.Unreadable(status, "the answer does not say whether it succeeded");
            if (!IsSuccess(status) || !IsTrue(envelope, "success"))
                throw call.Refused(status, Integer(envelope, "error_code"), Text(envelope, "error_info") ?? Text(envelope, "message"));

            return read(envelope.TryGetProperty("data", out var data) ? data : default);
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            // InvalidOperationException: a string that is not valid UTF-8.
            throw call.Unreadable(status, "the answer cannot be read", exception);
        }
    }

    /// <summary>Reads a body of at most <see cref="Transaction.MaxLength"/> bytes. Stops reading and returns null if it is longer.</summary>
    public static async Task<ReadOnlyMemory<byte>?> ReadBodyAsync(HttpContent content, CancellationToken cancellationToken)
    {
        if (content.Headers.ContentLength > Transaction.MaxLength)
            return null;

        await using var stream = await content.ReadAsStreamAsync(cancellationToken);
        var buffer = new ArrayBufferWriter<byte>();
        while (await stream.ReadAsync(buffer.GetMemory(), cancellationToken) is var count and > 0)
        {
            buffer.Advance(count);
            if (buffer.WrittenCount > Transaction.MaxLength)
                return null;
        }

        return buffer.WrittenMemory;
    }

    private static bool IsSuccess(HttpStatusCode status) => (int)status is >= 200 and < 300;

    private static bool IsTrue(JsonElement envelope, string name) =>
        envelope.TryGetProperty(name, out var value)
        && (value.ValueKind == JsonValueKind.True || string.Equals(Text(envelope, name), "true", StringComparison.OrdinalIgnoreCase) || Integer(envelope, name) == 1);

    private static int? Integer(JsonElement envelope, string name) =>
        int.TryParse(Text(envelope, name), NumberStyles.Integer, CultureInfo.InvariantCulture, out var number) ? number : null;

    private static string? Text(JsonElement envelope, string name) =>
        !envelope.TryGetProperty(name, out var value) ? null : value.ValueKind switch
        {
            JsonValueKind.String => value.GetString(),
            JsonValueKind.Number => value.GetRawText(),
            _ => null
        };
}
