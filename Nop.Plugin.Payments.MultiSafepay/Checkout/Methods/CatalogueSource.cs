using System.Collections.Concurrent;
using Microsoft.Extensions.DependencyInjection;
using Nop.Core.Caching;
using Nop.Plugin.Payments.MultiSafepay.Api;
using Nop.Plugin.Payments.MultiSafepay.Payments.Stores;

namespace Nop.Plugin.Payments.MultiSafepay.Checkout.Methods;

/// <summary>
/// Reads catalogues from MultiSafepay independently of the customer's request: one call for all requests that need the same one, in its own scope, so that neither a
/// closed browser nor the end of a request interrupts it. Keeps the last answers and recent failures of this node in memory.
/// </summary>
/// <remarks>
/// nopCommerce clears its cache on many occasions, for example by a button in the admin area. The memory of this class survives that, so customers still see the list
/// if MultiSafepay is unreachable at that moment.
/// </remarks>
public sealed class CatalogueSource(IServiceScopeFactory scopes, RefusedKeys refusedKeys, TimeProvider timeProvider)
{
    /// <summary>How long no further call is made after a failure.</summary>
    public static readonly TimeSpan FailureMemory = TimeSpan.FromMinutes(1);

    // A shop has a handful: stores × currencies × languages. If a shop has more than this, only the fallback for the last ones is lost.
    private const int MaxRemembered = 500;

    private readonly ConcurrentDictionary<string, Catalogue> _known = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, DateTimeOffset> _failures = new(StringComparer.Ordinal);
    private readonly Dictionary<string, CatalogueCall> _running = [];

    /// <summary>The last catalogue that this node has, regardless of its age; null for none.</summary>
    internal Catalogue? LastKnown(CatalogueRequest request) => _known.GetValueOrDefault(request.Key);

    /// <summary>Stores a catalogue, which may have been read by another node.</summary>
    internal void Remember(CatalogueRequest request, Catalogue catalogue)
    {
        if (_known.ContainsKey(request.Key) || _known.Count < MaxRemembered)
            _known[request.Key] = catalogue;
    }

    /// <summary>Whether a call for the account's methods failed within <see cref="FailureMemory"/>.</summary>
    internal bool HasJustFailed(CatalogueRequest request) =>
        _failures.TryGetValue(request.Account, out var at) && timeProvider.GetUtcNow() - at < FailureMemory;

    /// <summary>Returns the running call for this catalogue, or starts a new one.</summary>
    /// <param name="request">The catalogue to read.</param>
    /// <param name="seen">The catalogue that the caller has; if there is a newer one in the meantime, that one is returned.</param>
    /// <param name="evenIfItJustFailed">Whether to make a call even after a recent failure.</param>
    /// <returns>The call, and whether it is a new one; null if the last call has just failed.</returns>
    internal (CatalogueCall? Call, bool IsNew) Ask(CatalogueRequest request, Catalogue? seen, bool evenIfItJustFailed = false)
    {
        // A call stores its answer before it is removed from the running calls, so that a caller under the lock finds at least one of the two.
        lock (_running)
        {
            if (_running.TryGetValue(request.Key, out var running))
                return (running, false);
            if (LastKnown(request) is { } newer && newer.FetchedUtc > (seen?.FetchedUtc ?? timeProvider.GetUtcNow().UtcDateTime - MethodCatalogue.FreshFor))
                return (new CatalogueCall(timeProvider.GetTimestamp(), Task.FromResult<Catalogue?>(newer)), false);
            if (!evenIfItJustFailed && HasJustFailed(request))
                return (null, false);

            // Without the execution context of the request: its HttpContext may be gone before the answer arrives.
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
            refusedKeys.Report(request.Credentials, failure: null);
            await scope.ServiceProvider.GetRequiredService<IStaticCacheManager>().SetAsync(MethodCatalogue.CacheKeyOf(request), catalogue.ToText());
            return catalogue;
        }
        catch (MultiSafepayApiException exception)
        {
            _failures[request.Account] = timeProvider.GetUtcNow();
            refusedKeys.Report(request.Credentials, exception);
            throw;
        }
        finally
        {
            lock (_running)
                _running.Remove(request.Key);
        }
    }
}

/// <summary>A running call.</summary>
/// <param name="StartedAt">The timestamp of its start, from the time provider.</param>
/// <param name="Answer">The catalogue that is being read.</param>
internal sealed record CatalogueCall(long StartedAt, Task<Catalogue?> Answer);
