using System.Buffers;
using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Nop.Plugin.Payments.MultiSafepay.Api;

/// <summary>The result of <see cref="NotificationSignature.Verify"/>.</summary>
public enum SignatureVerdict
{
    /// <summary>The signature matches the key and the body, and is recent.</summary>
    Valid,

    /// <summary>There is no signature.</summary>
    Missing,

    /// <summary>The header does not have the form of a signature.</summary>
    Malformed,

    /// <summary>The signature matches, but its time is too far in the past or the future: a replay, or a clock that is wrong.</summary>
    Expired,

    /// <summary>The signature does not match the key or the body.</summary>
    Mismatch
}

/// <summary>
/// Verifies the signature of MultiSafepay's notifications: header <c>Auth</c> is the base64 of <c>timestamp:signature</c>, where the signature is the lower-case
/// hexadecimal HMAC-SHA512, keyed with the site's API key, of <c>timestamp:</c> followed by the raw body (docs.multisafepay.com, Webhook).
/// </summary>
/// <remarks>
/// The form is strict: canonical base64, digits, and 128 lower-case hexadecimal digits, as MultiSafepay sends them, so that exactly one header is valid for a
/// notification. The time is checked after the signature, so <see cref="SignatureVerdict.Expired"/> is returned for genuine notifications only, and the
/// time that verification takes tells a forger nothing about the key.
/// </remarks>
public static class NotificationSignature
{
    /// <summary>The name of the HTTP header that carries the signature.</summary>
    public const string HeaderName = "Auth";

    /// <summary>The largest difference between a notification's time and now, in either direction: 600 seconds, from MultiSafepay's PHP SDK.</summary>
    public static readonly TimeSpan DefaultTolerance = TimeSpan.FromSeconds(600);

    private const byte Separator = (byte)':';
    private const int HexLength = HMACSHA512.HashSizeInBytes * 2;
    private const int MaxTimestampLength = 12;
    private const int MaxDecodedLength = MaxTimestampLength + 1 + HexLength;
    private const int MaxHeaderLength = (MaxDecodedLength + 2) / 3 * 4;

    /// <summary>Verifies a notification. Memory allocation does not grow with the body.</summary>
    /// <param name="authHeader">The value of the header <see cref="HeaderName"/>; null if there is none.</param>
    /// <param name="body">The raw bytes of the request body.</param>
    /// <param name="key">The key of the site that the notification is for; no signature matches an empty key.</param>
    /// <param name="nowUtc">The current time.</param>
    /// <param name="tolerance">The largest difference from <paramref name="nowUtc"/>, in whole seconds, inclusive.</param>
    public static SignatureVerdict Verify(string? authHeader, ReadOnlySpan<byte> body, SigningKey key, DateTimeOffset nowUtc, TimeSpan tolerance)
    {
        var header = authHeader.AsSpan().Trim();
        if (header.IsEmpty)
            return SignatureVerdict.Missing;

        Span<byte> decoded = stackalloc byte[MaxDecodedLength];
        if (!TryDecode(header, decoded, out var length))
            return SignatureVerdict.Malformed;

        var timestampLength = length - HexLength - 1;
        if (timestampLength < 1 || decoded[timestampLength] != Separator || !TryReadTimestamp(decoded[..timestampLength], out var timestamp))
            return SignatureVerdict.Malformed;

        Span<byte> claimed = stackalloc byte[HMACSHA512.HashSizeInBytes];
        if (!TryReadHex(decoded[(timestampLength + 1)..length], claimed))
            return SignatureVerdict.Malformed;

        if (key.IsEmpty)
            return SignatureVerdict.Mismatch;

        Span<byte> expected = stackalloc byte[HMACSHA512.HashSizeInBytes];
        key.Sign(decoded[..(timestampLength + 1)], body, expected);
        if (!CryptographicOperations.FixedTimeEquals(claimed, expected))
            return SignatureVerdict.Mismatch;

        var age = nowUtc.ToUnixTimeSeconds() - timestamp;
        var allowed = tolerance.Ticks / TimeSpan.TicksPerSecond;
        return age > allowed || age < -allowed ? SignatureVerdict.Expired : SignatureVerdict.Valid;
    }

    /// <summary>Signs a body as MultiSafepay does; for a simulator and for the shop's own webhook test.</summary>
    /// <param name="body">The bytes to be sent.</param>
    /// <param name="apiKey">The site's API key.</param>
    /// <param name="at">The time of signing.</param>
    /// <exception cref="ArgumentException">The key is empty.</exception>
    public static string CreateHeader(ReadOnlySpan<byte> body, string apiKey, DateTimeOffset at)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(apiKey);
        var prefix = Encoding.ASCII.GetBytes(at.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture) + ":");
        Span<byte> hash = stackalloc byte[HMACSHA512.HashSizeInBytes];
        new SigningKey(apiKey).Sign(prefix, body, hash);
        return Convert.ToBase64String([.. prefix, .. Encoding.ASCII.GetBytes(Convert.ToHexStringLower(hash))]);
    }

    // Base64 has several encodings of the same bytes (white space, unused bits at the end); only the canonical one is accepted. Input that cannot be decoded
    // or is too long does not encode back to itself either.
    private static bool TryDecode(ReadOnlySpan<char> header, Span<byte> decoded, out int length)
    {
        Span<byte> ascii = stackalloc byte[MaxHeaderLength];
        Span<byte> canonical = stackalloc byte[MaxHeaderLength];
        Ascii.FromUtf16(header, ascii, out var headerLength);
        Base64.DecodeFromUtf8(ascii[..headerLength], decoded, out _, out length);
        Base64.EncodeToUtf8(decoded[..length], canonical, out _, out var canonicalLength);
        return headerLength == header.Length && ascii[..headerLength].SequenceEqual(canonical[..canonicalLength]);
    }

    private static bool TryReadTimestamp(ReadOnlySpan<byte> digits, out long timestamp)
    {
        timestamp = 0;
        return !digits.ContainsAnyExceptInRange((byte)'0', (byte)'9') && Utf8Parser.TryParse(digits, out timestamp, out _);
    }

    private static bool TryReadHex(ReadOnlySpan<byte> hex, Span<byte> bytes)
    {
        Span<char> characters = stackalloc char[HexLength];
        Encoding.Latin1.GetChars(hex, characters);
        return !characters.ContainsAnyInRange('A', 'F') && Convert.FromHexString(characters, bytes, out _, out _) == OperationStatus.Done;
    }
}
