using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Sandbox.Testing;

/// <summary>
/// Signs notifications as MultiSafepay documents it, written once more, so that the tests are not wrong in the same way as the plugin or the simulator.
/// </summary>
public static class NotificationSigner
{
    /// <summary>The header Auth: base64 of the time in Unix seconds, a colon, and the HMAC-SHA512 of time, colon and body in hexadecimal digits.</summary>
    public static string Sign(byte[] body, string key, DateTimeOffset at)
    {
        var timestamp = at.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        var signature = Convert.ToHexStringLower(HMACSHA512.HashData(Encoding.UTF8.GetBytes(key), (byte[])[.. Encoding.UTF8.GetBytes($"{timestamp}:"), .. body]));
        return Convert.ToBase64String(Encoding.UTF8.GetBytes($"{timestamp}:{signature}"));
    }
}
