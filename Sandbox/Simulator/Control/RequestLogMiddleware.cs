using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Sandbox.Simulator.Api;
using Sandbox.Simulator.Faults;
using Sandbox.Simulator.State;

namespace Sandbox.Simulator.Control;

/// <summary>Records every API call with its answer, and turns a <see cref="RefusalException"/> into MultiSafepay's envelope.</summary>
public sealed class RequestLogMiddleware(RequestDelegate next, RequestLog log, Ledger ledger, TimeProvider time)
{
    private const int MaxBody = 128 * 1024;
    private static readonly HashSet<string> _hidden = new(StringComparer.OrdinalIgnoreCase) { "api_key", "Authorization", "Cookie" };

    public async Task InvokeAsync(HttpContext context)
    {
        var at = time.GetUtcNow();
        var received = await ReadBodyAsync(context.Request);
        var client = context.Response.Body;
        using var answer = new MemoryStream();
        context.Response.Body = answer;
        var dropped = false;
        try
        {
            if (received.Length > MaxBody)
                await Json.Failure(ErrorCode.General, "The body is too large", StatusCodes.Status413PayloadTooLarge).ExecuteAsync(context);
            else
                await next(context);
            dropped = FaultMiddleware.WasDropped(context) || context.RequestAborted.IsCancellationRequested;
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            dropped = true;
        }
        finally
        {
            context.Response.Body = client;
        }

        Record(context, at, received, answer.ToArray(), dropped);
        if (dropped)
            return;

        context.Response.ContentLength = answer.Length;
        answer.Position = 0;
        await answer.CopyToAsync(client, context.RequestAborted);
    }

    private static async Task<byte[]> ReadBodyAsync(HttpRequest request)
    {
        using var copy = new MemoryStream();
        var buffer = new byte[16 * 1024];
        int read;
        while (copy.Length <= MaxBody && (read = await request.Body.ReadAsync(buffer, request.HttpContext.RequestAborted)) > 0)
            copy.Write(buffer, 0, read);
        var bytes = copy.ToArray();
        request.Body = new MemoryStream(bytes, writable: false);
        return bytes;
    }

    private void Record(HttpContext context, DateTimeOffset at, byte[] received, byte[] answer, bool dropped)
    {
        var request = context.Request;
        var body = Parse(received);
        log.Add(new(
            Number: 0,
            at,
            request.Method,
            request.Path,
            request.Query.Where(pair => !_hidden.Contains(pair.Key)).ToDictionary(pair => pair.Key, pair => pair.Value.ToString()),
            request.Headers.Where(pair => !_hidden.Contains(pair.Key)).ToDictionary(pair => pair.Key, pair => pair.Value.ToString()),
            ledger.SiteOf(SimulatorApiEndpoints.KeyOf(request))?.SiteId,
            body,
            body is null && received.Length > 0 ? Encoding.UTF8.GetString(received) : null,
            context.Response.StatusCode,
            Parse(answer),
            dropped));
    }

    private static JsonNode? Parse(byte[] bytes)
    {
        try
        {
            return bytes.Length == 0 ? null : JsonNode.Parse(bytes);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}

/// <summary>The innermost layer of the API: a refusal becomes an answer.</summary>
public sealed class RefusalMiddleware(RequestDelegate next)
{
    public async Task InvokeAsync(HttpContext context)
    {
        try
        {
            await next(context);
        }
        catch (RefusalException refusal)
        {
            await Json.Failure(refusal.Code, refusal.Message, refusal.HttpStatus).ExecuteAsync(context);
        }
    }
}
