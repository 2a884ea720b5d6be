using System.Collections.Concurrent;
using Nop.Plugin.Payments.MultiSafepay.Api;

namespace Nop.Plugin.Payments.MultiSafepay.Payments.Stores;

/// <summary>
/// Caches the API keys of all stores, decrypted, for the verification of notifications. Anybody can cause a verification, and decrypting the key takes as long as the verification itself.
/// </summary>
/// <remarks>
/// A key is cached under its encrypted text, so a new key that the owner enters is used at once, and requests with invented store ids do not use more memory. An entry is valid for
/// a minute, because whether a text can be decrypted depends on the shop's encryption key, which the owner can change too.
/// </remarks>
public sealed class SigningKeys(TimeProvider timeProvider)
{
    /// <summary>How long a decrypted key is cached.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(1);

    private readonly ConcurrentDictionary<string, Remembered> _keys = new();

    /// <summary>The key in an encrypted text; null if the text cannot be decrypted.</summary>
    /// <param name="encrypted">The encrypted text.</param>
    /// <param name="decrypt">Decrypts a text; returns null if it cannot.</param>
    public SigningKey? Find(string encrypted, Func<string, string?> decrypt)
    {
        if (_keys.TryGetValue(encrypted, out var remembered) && timeProvider.GetElapsedTime(remembered.Timestamp) < Lifetime)
            return remembered.Key;

        // This also removes the entries of texts that are no longer used.
        foreach (var (text, old) in _keys)
        {
            if (timeProvider.GetElapsedTime(old.Timestamp) >= Lifetime)
                _keys.TryRemove(text, out _);
        }

        var key = decrypt(encrypted) is { } apiKey ? new SigningKey(apiKey) : null;
        _keys[encrypted] = new Remembered(timeProvider.GetTimestamp(), key);
        return key;
    }

    private sealed record Remembered(long Timestamp, SigningKey? Key);
}
