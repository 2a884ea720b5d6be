using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Sandbox.Simulator.Notifications;

/// <summary>Signs a notification: base64 of "timestamp:hex", hex being the HMAC-SHA512 of "timestamp:body" under the site's API key.</summary>
public static class Signature
{
    public static string AuthHeader(ReadOnlySpan<byte> body, string apiKey, long timestamp)
    {
        var prefix = timestamp.ToString(CultureInfo.InvariantCulture) + ":";
        using var hmac = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA512, Encoding.UTF8.GetBytes(apiKey.Trim()));
        hmac.AppendData(Encoding.UTF8.GetBytes(prefix));
        hmac.AppendData(body);
        return Convert.ToBase64String(Encoding.UTF8.GetBytes(prefix + Convert.ToHexStringLower(hmac.GetHashAndReset())));
    }
}
