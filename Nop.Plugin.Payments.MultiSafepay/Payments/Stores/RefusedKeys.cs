using System.Collections.Concurrent;
using Nop.Plugin.Payments.MultiSafepay.Api;

namespace Nop.Plugin.Payments.MultiSafepay.Payments.Stores;

/// <summary>
/// The API keys that MultiSafepay has refused (error 1032), in the memory of this node. No payment can be started with such a key, so the payment method is not offered and the owner is
/// warned, until a call with the key succeeds.
/// </summary>
public sealed class RefusedKeys(TimeProvider timeProvider)
{
    /// <summary>The time after which a refused key is tried again.</summary>
    public static readonly TimeSpan TriedAgainAfter = TimeSpan.FromMinutes(1);

    private readonly ConcurrentDictionary<(MultiSafepayEnvironment Environment, string Fingerprint), DateTimeOffset> _refusedAt = new();

    /// <summary>Records the outcome of a call.</summary>
    /// <param name="credentials">The key of the call.</param>
    /// <param name="failure">Why it failed; null if MultiSafepay accepted it. A failure for another reason changes nothing.</param>
    public void Report(ApiCredentials credentials, MultiSafepayApiException? failure)
    {
        if (failure is null)
            _refusedAt.TryRemove(KeyOf(credentials), out _);
        else if (failure.Code == MultiSafepayErrorCodes.ApiKey)
            _refusedAt[KeyOf(credentials)] = timeProvider.GetUtcNow();
    }

    /// <summary>Whether MultiSafepay refused the key when it was used last.</summary>
    public bool IsRefused(ApiCredentials credentials) => _refusedAt.ContainsKey(KeyOf(credentials));

    /// <summary>Whether a refused key is to be tried again.</summary>
    public bool IsToBeTried(ApiCredentials credentials) => _refusedAt.TryGetValue(KeyOf(credentials), out var at) && timeProvider.GetUtcNow() - at >= TriedAgainAfter;

    private static (MultiSafepayEnvironment Environment, string Fingerprint) KeyOf(ApiCredentials credentials) => (credentials.Environment, credentials.Fingerprint);
}
