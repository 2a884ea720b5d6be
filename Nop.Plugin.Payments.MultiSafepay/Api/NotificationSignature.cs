using System.Buffers;
using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Nop.Plugin.Payments.MultiSafepay.Api;

/// <summary>What <see cref="NotificationSignature.Verify"/> found.</summary>
public enum SignatureVerdict
{
    /// <summary>Signed with this key, over exactly these bytes, and recent.</summary>
    Valid,

    /// <summary>There is no signature.</summary>
    Missing,

    /// <summary>What should be a signature is none.</summary>
    Malformed,

    /// <summary>Signed with this key, but too long ago or in the future: a replay, or a clock that is wrong.</summary>
    Expired,

    /// <summary>Not signed with this key, or not over these bytes.</summary>
    Mismatch
}

/// <summary>
/// The signature on MultiSafepay's notifications: header <c>Auth</c> is the base64 of <c>timestamp:signature</c>, where the signature is the lower-case
/// hexadecimal HMAC-SHA512, under the site's API key, of <c>timestamp:</c> followed by the raw body.
/// </summary>
/// <remarks>
/// Strict about form: canonical base64, digits, and 128 lower-case hexadecimal digits, as MultiSafepay sends them; so one notification has exactly one
/// acceptable header. The time is judged after the signature: <see cref="SignatureVerdict.Expired"/> is said of genuine notifications only, and what a
/// forger can measure does not depend on the key.
/// </remarks>
public static class NotificationSignature
{
    /// <summary>The name of the HTTP header that carries the signature.</summary>
    public const string HeaderName = "Auth";

    /// <summary>How far a notification's time may lie from now, either way: 600 seconds, as in MultiSafepay's own SDK.</summary>
    public static readonly TimeSpan DefaultTolerance = TimeSpan.FromSeconds(600);

    private const byte Separator = (byte)':';
    private const int HexLength = HMACSHA512.HashSizeInBytes * 2;
    private const int MaxTimestampLength = 12;
    private const int MaxDecodedLength = MaxTimestampLength + 1 + HexLength;
    private const int MaxHeaderLength = (MaxDecodedLength + 2) / 3 * 4;

    /// <summary>Judges a notification. Allocates no memory that grows with the body.</summary>
    /// <param name="authHeader">The value of the header <see cref="HeaderName"/>; nothing when there is none.</param>
    /// <param name="body">The request's body, byte for byte as it came in.</param>
    /// <param name="key">The key of the site the notification is for; under an empty one nothing is valid.</param>
    /// <param name="nowUtc">The time now.</param>
    /// <param name="tolerance">How old, or how far in the future, a notification may be; whole seconds, bounds included.</param>
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

    /// <summary>Signs a body the way MultiSafepay does; for a simulator and for the shop's own test of its webhook.</summary>
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

    // Base64 has more than one spelling for the same bytes (white space, unused bits at the end); only the one that encoding them gives is taken. Whatever
    // cannot be decoded, or is too long, does not read back as itself either.
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
