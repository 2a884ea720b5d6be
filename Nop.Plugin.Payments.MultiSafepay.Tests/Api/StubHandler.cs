using System.Net;
using System.Text;
using Nop.Plugin.Payments.MultiSafepay.Api;

namespace Nop.Plugin.Payments.MultiSafepay.Tests.Api;

/// <summary>Stands in for the network: reads what is sent, like a socket would, and answers as told.</summary>
internal sealed class StubHandler(Func<StubHandler.Request, CancellationToken, Task<HttpResponseMessage>> answer) : HttpMessageHandler
{
    public const string Key = "not-a-real-key-0123456789";

    public static ApiCredentials Credentials { get; } = new(MultiSafepayEnvironment.Test, Key);

    public List<Request> Requests { get; } = [];

    /// <summary>Gives each answer once, in order; the last one for ever.</summary>
    public static StubHandler Answering(params Func<HttpResponseMessage>[] answers)
    {
        var next = 0;
        return new StubHandler((_, _) => Task.FromResult(answers[Math.Min(next++, answers.Length - 1)]()));
    }

    public static StubHandler Answering(string json, HttpStatusCode status = HttpStatusCode.OK) => Answering(() => Json(json, status));

    public static HttpResponseMessage Json(string json, HttpStatusCode status = HttpStatusCode.OK) =>
        new(status) { Content = new StringContent(json, Encoding.UTF8, "application/json") };

    public MultiSafepayClient CreateClient(TimeProvider? time = null, string? developmentUrl = null) =>
        new(new HttpClient(this), ApiEndpoints.From(developmentUrl), time ?? new ShortenedTime());

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var seen = new Request(
            request.Method,
            request.RequestUri!,
            request.Headers.ToDictionary(header => header.Key, header => string.Join(", ", header.Value)),
            request.Content is null ? null : await request.Content.ReadAsStringAsync(cancellationToken),
            request.Content?.Headers.ContentType?.ToString());
        Requests.Add(seen);
        return await answer(seen, cancellationToken);
    }

    /// <summary>A request as it was sent.</summary>
    internal sealed record Request(HttpMethod Method, Uri Uri, IReadOnlyDictionary<string, string> Headers, string? Body, string? ContentType);
}
