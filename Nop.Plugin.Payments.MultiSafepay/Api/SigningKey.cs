using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.ObjectPool;

namespace Nop.Plugin.Payments.MultiSafepay.Api;

/// <summary>
/// A site's API key, prepared for verifying the signatures of its notifications (HMAC-SHA512). The HMAC's key setup is done once, so keep an instance to verify many
/// notifications. Thread-safe.
/// </summary>
public sealed class SigningKey
{
    private readonly ObjectPool<IncrementalHash> _hashes;

    /// <summary>Prepares the key.</summary>
    /// <param name="apiKey">The API key; surrounding white space is ignored.</param>
    public SigningKey(string apiKey)
    {
        var bytes = Encoding.UTF8.GetBytes(apiKey.Trim());
        IsEmpty = bytes.Length == 0;
        _hashes = new DefaultObjectPoolProvider().Create(new HashPolicy(bytes));
    }

    /// <summary>Whether the key is empty. Nothing may be verified with an empty key, because anybody can sign with it.</summary>
    public bool IsEmpty { get; }

    /// <summary>Computes the signature of two consecutive byte sequences.</summary>
    /// <param name="first">The first sequence.</param>
    /// <param name="second">The second sequence.</param>
    /// <param name="signature">Receives the 64 bytes of the signature.</param>
    internal void Sign(ReadOnlySpan<byte> first, ReadOnlySpan<byte> second, Span<byte> signature)
    {
        var hash = _hashes.Get();
        hash.AppendData(first);
        hash.AppendData(second);
        hash.GetHashAndReset(signature);

        // Not in a finally block: a hash that failed half-way still contains data and must not be returned to the pool.
        _hashes.Return(hash);
    }

    private sealed class HashPolicy(byte[] key) : PooledObjectPolicy<IncrementalHash>
    {
        public override IncrementalHash Create() => IncrementalHash.CreateHMAC(HashAlgorithmName.SHA512, key);

        public override bool Return(IncrementalHash obj) => true;
    }
}
