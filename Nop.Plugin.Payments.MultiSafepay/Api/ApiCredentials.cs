using System.Security.Cryptography;
using System.Text;

namespace Nop.Plugin.Payments.MultiSafepay.Api;

/// <summary>
/// Who is calling: the environment and the API key of one site. <see cref="ToString"/> never shows the key, so that it cannot end up in a log.
/// </summary>
/// <param name="Environment">The environment the key belongs to.</param>
/// <param name="ApiKey">The site's API key; white space around it, a common leftover of copying, is dropped.</param>
public sealed record ApiCredentials(MultiSafepayEnvironment Environment, string ApiKey)
{
    private const int FingerprintLength = 12;

    private readonly string _apiKey = Clean(ApiKey);

    /// <summary>The site's API key, trimmed; empty when none was given.</summary>
    public string ApiKey
    {
        get => _apiKey;
        init => _apiKey = Clean(value);
    }

    /// <summary>Tells this key from another one without giving it away: twelve hexadecimal digits, the same for the same key.</summary>
    public string Fingerprint => Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(_apiKey), "multisafepay-api-key"u8))[..FingerprintLength];

    /// <summary>Is told of every call that is made with these credentials; null for nobody.</summary>
    public Func<ApiExchange, Task>? Trace { get; init; }

    /// <summary>Names the environment only.</summary>
    public override string ToString() => $"{nameof(ApiCredentials)} {{ Environment = {Environment} }}";

    private static string Clean(string? key) => key?.Trim() ?? string.Empty;
}
