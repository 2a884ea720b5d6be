using System.Security.Cryptography;
using System.Text;

namespace Nop.Plugin.Payments.MultiSafepay.Api;

/// <summary>
/// The environment and the API key of one site. <see cref="ToString"/> never includes the key, so that it cannot end up in a log.
/// </summary>
/// <param name="Environment">The environment the key belongs to.</param>
/// <param name="ApiKey">The site's API key; surrounding white space, which copying often adds, is removed.</param>
public sealed record ApiCredentials(MultiSafepayEnvironment Environment, string ApiKey)
{
    private const int FingerprintLength = 12;

    private readonly string _apiKey = Clean(ApiKey);

    /// <summary>The site's API key, trimmed; empty if there is none.</summary>
    public string ApiKey
    {
        get => _apiKey;
        init => _apiKey = Clean(value);
    }

    /// <summary>Identifies the key without revealing it: twelve hexadecimal digits, the same for the same key.</summary>
    public string Fingerprint => Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(_apiKey), "multisafepay-api-key"u8))[..FingerprintLength];

    /// <summary>Called after every call that is made with these credentials; null for no tracing.</summary>
    public Func<ApiExchange, Task>? Trace { get; init; }

    /// <summary>The environment only, never the key.</summary>
    public override string ToString() => $"{nameof(ApiCredentials)} {{ Environment = {Environment} }}";

    private static string Clean(string? key) => key?.Trim() ?? string.Empty;
}
