using System.Collections.Concurrent;
using Nop.Plugin.Payments.MultiSafepay.Api;

namespace Nop.Plugin.Payments.MultiSafepay.Payments.Stores;

/// <summary>
/// The API keys of all stores, decrypted and ready to check notifications with. Anybody can have a signature checked, and decrypting the key takes as long as the check.
/// </summary>
/// <remarks>
/// A key is known by its encrypted text, so another one that the owner enters counts at once, and no number in an address makes the memory grow. What is remembered of a
/// text holds for a minute: whether it can still be decrypted is up to the shop's encryption key, which the owner can change as well.
/// </remarks>
public sealed class SigningKeys(TimeProvider timeProvider)
{
    /// <summary>How long a decrypted key is kept.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(1);

    private readonly ConcurrentDictionary<string, Remembered> _keys = new();

    /// <summary>The key that an encrypted text holds, or null when it cannot be decrypted.</summary>
    /// <param name="encrypted">The text.</param>
    /// <param name="decrypt">Decrypts it, and answers null when it cannot.</param>
    public SigningKey? Find(string encrypted, Func<string, string?> decrypt)
    {
        if (_keys.TryGetValue(encrypted, out var remembered) && timeProvider.GetElapsedTime(remembered.Timestamp) < Lifetime)
            return remembered.Key;

        // Those of texts that are no longer used go with it.
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
