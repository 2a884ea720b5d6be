using System.Net;

namespace Nop.Plugin.Payments.MultiSafepay.Api;

/// <summary>
/// One call to MultiSafepay: its purpose, its credentials and its body. Creates every <see cref="MultiSafepayApiException"/> that a call can fail with.
/// </summary>
/// <param name="Purpose">What the call does, as an infinitive that completes "MultiSafepay could not …".</param>
/// <param name="Credentials">The environment and the API key.</param>
/// <param name="Body">The request body; null for a read.</param>
internal sealed record ApiCall(string Purpose, ApiCredentials Credentials, JsonBody? Body)
{
    private const int MaxInfoLength = 200;

    /// <summary>The path as logs may show it; null for the path itself, which then holds nothing secret.</summary>
    public string? ShownPath { get; init; }

    /// <summary>What the call is about and no log may contain, beside the API key: should MultiSafepay's error text repeat it, it is struck out.</summary>
    public IReadOnlyList<string?> Secrets { get; init; } = [];

    /// <summary>The error of an id that cannot be part of an address: the code with which MultiSafepay answers an unknown one.</summary>
    public int UnknownId { get; init; } = MultiSafepayErrorCodes.OrderId;

    /// <summary>Whether MultiSafepay may have received a write, because sending its body has begun.</summary>
    private bool IsWriteUnderWay => Body is { WasSent: true };

    /// <summary>The error for a call without an answer: the network failed, or the timeout expired.</summary>
    public MultiSafepayApiException Unanswered(string how, Exception? cause) =>
        new($"MultiSafepay could not {Purpose}: {how}.", cause) { IsTransient = true, OutcomeUnknown = IsWriteUnderWay };

    /// <summary>The error for a call that was not sent because it could not have succeeded.</summary>
    public MultiSafepayApiException NotSent(int code, string why) =>
        new($"MultiSafepay was not asked to {Purpose}: {why}.") { Code = code };

    /// <summary>The error for an answer that reports a failure.</summary>
    public MultiSafepayApiException Refused(HttpStatusCode status, int? code, string? info) =>
        new($"MultiSafepay could not {Purpose}: {(code is null ? "an error" : $"error {code}")} (HTTP {(int)status}).")
        {
            Code = code,
            Info = OneLine(info),
            HttpStatus = status,
            IsTransient = IsPassing(status),
            OutcomeUnknown = IsWriteUnderWay && IsServersOwn(status)
        };

    /// <summary>The error for an answer that cannot be read. With a 2xx status, a write may have been carried out all the same.</summary>
    public MultiSafepayApiException Unreadable(HttpStatusCode status, string why, Exception? cause = null) =>
        new($"MultiSafepay could not {Purpose}: {why} (HTTP {(int)status}).", cause)
        {
            HttpStatus = status,
            IsTransient = IsPassing(status),
            OutcomeUnknown = IsWriteUnderWay && (IsServersOwn(status) || (int)status is >= 200 and < 300)
        };

    private static bool IsPassing(HttpStatusCode status) => status == HttpStatusCode.TooManyRequests || IsServersOwn(status);

    private static bool IsServersOwn(HttpStatusCode status) => status == HttpStatusCode.RequestTimeout || (int)status >= 500;

    /// <summary>MultiSafepay's error text as a single log line, without the API key and other secrets; null when it is blank.</summary>
    private string? OneLine(string? info)
    {
        if (string.IsNullOrWhiteSpace(info))
            return null;

        foreach (var secret in Secrets.Prepend(Credentials.ApiKey))
        {
            if (!string.IsNullOrEmpty(secret))
                info = info.Replace(secret, "***", StringComparison.OrdinalIgnoreCase);
        }

        var line = string.Concat(info.Select(character => char.IsControl(character) || character is '\u2028' or '\u2029' ? ' ' : character)).Trim();
        if (line.Length <= MaxInfoLength)
            return line;

        return char.IsHighSurrogate(line[MaxInfoLength - 1]) ? line[..(MaxInfoLength - 1)] : line[..MaxInfoLength];
    }
}
