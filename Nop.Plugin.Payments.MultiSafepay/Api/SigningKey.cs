using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.ObjectPool;

namespace Nop.Plugin.Payments.MultiSafepay.Api;

/// <summary>
/// A site's API key as the key of its notifications' signatures (HMAC-SHA512). What an HMAC does with its key alone is done once, so whoever checks many notifications
/// keeps it; any number of threads may use it.
/// </summary>
public sealed class SigningKey
{
    private readonly ObjectPool<IncrementalHash> _hashes;

    /// <summary>Makes the key ready.</summary>
    /// <param name="apiKey">The API key; white space around it does not count.</param>
    public SigningKey(string apiKey)
    {
        var bytes = Encoding.UTF8.GetBytes(apiKey.Trim());
        IsEmpty = bytes.Length == 0;
        _hashes = new DefaultObjectPoolProvider().Create(new HashPolicy(bytes));
    }

    /// <summary>Whether it is no key at all: anyone can sign with that.</summary>
    public bool IsEmpty { get; }

    /// <summary>Signs bytes that come in two pieces.</summary>
    /// <param name="first">The first bytes.</param>
    /// <param name="second">Those that follow.</param>
    /// <param name="signature">Where the 64 bytes of the signature go.</param>
    internal void Sign(ReadOnlySpan<byte> first, ReadOnlySpan<byte> second, Span<byte> signature)
    {
        var hash = _hashes.Get();
        hash.AppendData(first);
        hash.AppendData(second);
        hash.GetHashAndReset(signature);

        // Not in a finally: one that failed half-way still holds what it was given, and is left behind.
        _hashes.Return(hash);
    }

    private sealed class HashPolicy(byte[] key) : PooledObjectPolicy<IncrementalHash>
    {
        public override IncrementalHash Create() => IncrementalHash.CreateHMAC(HashAlgorithmName.SHA512, key);

        public override bool Return(IncrementalHash obj) => true;
    }
}
