using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;

namespace Nop.Plugin.Payments.MultiSafepay.Api;

/// <summary>
/// A JSON request body that records whether sending it began. If no connection was made, nothing happened; if it broke afterwards, the request may have arrived.
/// </summary>
internal sealed class JsonBody : HttpContent
{
    private readonly ReadOnlyMemory<byte> _json;

    private JsonBody(ReadOnlyMemory<byte> json)
    {
        _json = json;
        if (!json.IsEmpty)
            Headers.ContentType = new MediaTypeHeaderValue("application/json");
    }

    /// <summary>Whether sending the body has begun.</summary>
    public bool WasSent { get; private set; }

    /// <summary>The body of a write that has none, and whose sending is recorded all the same.</summary>
    public static JsonBody Empty() => new(ReadOnlyMemory<byte>.Empty);

    public static JsonBody From(OrderRequest order) => new(OrderRequestWriter.Write(order));

    public static JsonBody From<T>(T message) => new(JsonSerializer.SerializeToUtf8Bytes(message, ApiJson.Options));

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) =>
        SerializeToStreamAsync(stream, context, CancellationToken.None);

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken)
    {
        WasSent = true;
        return stream.WriteAsync(_json, cancellationToken).AsTask();
    }

    protected override bool TryComputeLength(out long length)
    {
        length = _json.Length;
        return true;
    }
}
