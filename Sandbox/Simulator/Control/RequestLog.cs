using System.Text.Json.Nodes;

namespace Sandbox.Simulator.Control;

/// <summary>What the API was asked and what it answered. The API key is never kept: the site it belongs to is.</summary>
public sealed record RecordedRequest(
    long Number,
    DateTimeOffset At,
    string Method,
    string Path,
    IReadOnlyDictionary<string, string> Query,
    IReadOnlyDictionary<string, string> Headers,
    int? SiteId,
    JsonNode? Body,
    string? Text,
    int StatusCode,
    JsonNode? Answer,
    bool Dropped);

/// <summary>The last requests, oldest first.</summary>
public sealed class RequestLog(SimulatorOptions options)
{
    private readonly Queue<RecordedRequest> _requests = [];
    private readonly Lock _lock = new();
    private long _last;

    public IReadOnlyList<RecordedRequest> All
    {
        get
        {
            lock (_lock)
                return [.. _requests];
        }
    }

    public void Add(RecordedRequest request)
    {
        lock (_lock)
        {
            _requests.Enqueue(request with { Number = ++_last });
            while (_requests.Count > options.MaxRequests)
                _requests.Dequeue();
        }
    }

    public void Clear()
    {
        lock (_lock)
            _requests.Clear();
    }
}
