using System.Collections.Concurrent;
using Microsoft.Extensions.DependencyInjection;
using Nop.Core.Caching;
using Nop.Plugin.Payments.MultiSafepay.Api;

namespace Nop.Plugin.Payments.MultiSafepay.Checkout.Methods;

/// <summary>
/// Asks MultiSafepay for catalogues, away from the customer's request: one call for all who want the same one, in a scope of its own, so that neither a
/// closed browser nor the end of a request cuts it off. Remembers, for this node, what it was told last and what has just failed.
/// </summary>
/// <remarks>
/// nopCommerce empties its cache on many occasions, a button of the admin's among them. What this class remembers outlives that, so that an emptied cache
/// and an unreachable MultiSafepay at the same time still cost no customer the list.
/// </remarks>
public sealed class CatalogueSource(IServiceScopeFactory scopes, TimeProvider timeProvider)
{
    /// <summary>How long a failure keeps everybody from asking again.</summary>
    public static readonly TimeSpan FailureMemory = TimeSpan.FromMinutes(1);

    // A shop has a handful: stores × currencies × languages. A shop with more than this only loses the fallback for those asked for last.
    private const int MaxRemembered = 500;

    private readonly ConcurrentDictionary<string, Catalogue> _known = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, DateTimeOffset> _failures = new(StringComparer.Ordinal);
    private readonly Dictionary<string, CatalogueCall> _running = [];

    /// <summary>What this node was told last, however old; null when nothing.</summary>
    internal Catalogue? LastKnown(CatalogueRequest request) => _known.GetValueOrDefault(request.Key);

    /// <summary>Keeps a catalogue that another node has fetched.</summary>
    internal void Remember(CatalogueRequest request, Catalogue catalogue)
    {
        if (_known.ContainsKey(request.Key) || _known.Count < MaxRemembered)
            _known[request.Key] = catalogue;
    }

    /// <summary>Whether the account's methods could not be read a moment ago.</summary>
    internal bool HasJustFailed(CatalogueRequest request) =>
        _failures.TryGetValue(request.Account, out var at) && timeProvider.GetUtcNow() - at < FailureMemory;

    /// <summary>The running call for this catalogue, or a new one.</summary>
    /// <param name="request">Which catalogue.</param>
    /// <param name="seen">What the caller knows; where a call has brought something newer in the meantime, that is the answer.</param>
    /// <param name="evenIfItJustFailed">Whether a failure of a moment ago does not matter.</param>
    /// <returns>The call, and whether it was started now; null when the last one has just failed.</returns>
    internal (CatalogueCall? Call, bool IsNew) Ask(CatalogueRequest request, Catalogue? seen, bool evenIfItJustFailed = false)
    {
        // A call leaves its answer before it leaves the running ones, so that nobody who looks under the lock misses both.
        lock (_running)
        {
            if (_running.TryGetValue(request.Key, out var running))
                return (running, false);
            if (LastKnown(request) is { } newer && newer.FetchedUtc > (seen?.FetchedUtc ?? timeProvider.GetUtcNow().UtcDateTime - MethodCatalogue.FreshFor))
                return (new CatalogueCall(timeProvider.GetTimestamp(), Task.FromResult<Catalogue?>(newer)), false);
            if (!evenIfItJustFailed && HasJustFailed(request))
                return (null, false);

            // Without the request's own context: its HttpContext is gone before the answer is there.
            using var _ = ExecutionContext.IsFlowSuppressed() ? default(AsyncFlowControl?) : ExecutionContext.SuppressFlow();
            var call = new CatalogueCall(timeProvider.GetTimestamp(), Task.Run(() => FetchAsync(request)));
            _running.Add(request.Key, call);
            return (call, true);
        }
    }

    private async Task<Catalogue?> FetchAsync(CatalogueRequest request)
    {
        try
        {
            await using var scope = scopes.CreateAsyncScope();
            var client = scope.ServiceProvider.GetRequiredService<IMultiSafepayClient>();
            var methods = await client.GetPaymentMethodsAsync(request.Credentials, request.Query, CancellationToken.None);
            var catalogue = new Catalogue(timeProvider.GetUtcNow().UtcDateTime, methods);
            Remember(request, catalogue);
            _failures.TryRemove(request.Account, out _);
            await scope.ServiceProvider.GetRequiredService<IStaticCacheManager>().SetAsync(MethodCatalogue.CacheKeyOf(request), catalogue.ToText());
            return catalogue;
        }
        catch (MultiSafepayApiException)
        {
            _failures[request.Account] = timeProvider.GetUtcNow();
            throw;
        }
        finally
        {
            lock (_running)
                _running.Remove(request.Key);
        }
    }
}

/// <summary>A call that is on its way.</summary>
/// <param name="StartedAt">A timestamp of the time provider.</param>
/// <param name="Answer">What it brings.</param>
internal sealed record CatalogueCall(long StartedAt, Task<Catalogue?> Answer);
