using System.Net;

namespace Nop.Plugin.Payments.MultiSafepay.Api;

/// <summary>
/// One call on its way: what it is for, and what its failures mean. The only place that makes the <see cref="MultiSafepayApiException"/> of a call.
/// </summary>
/// <param name="Purpose">What the call does, to complete "MultiSafepay could not …".</param>
/// <param name="Credentials">Who is calling.</param>
/// <param name="Body">What is sent; none for a read.</param>
internal sealed record ApiCall(string Purpose, ApiCredentials Credentials, JsonBody? Body)
{
    private const int MaxInfoLength = 200;

    /// <summary>Whether MultiSafepay may have received a write: its body went out, at least in part.</summary>
    private bool IsWriteUnderWay => Body is { WasSent: true };

    /// <summary>No answer: the network failed, or the time was up.</summary>
    public MultiSafepayApiException Unanswered(string how, Exception? cause) =>
        new($"MultiSafepay could not {Purpose}: {how}.", cause) { IsTransient = true, OutcomeUnknown = IsWriteUnderWay };

    /// <summary>The call was not made, because it could not succeed.</summary>
    public MultiSafepayApiException NotSent(int code, string why) =>
        new($"MultiSafepay was not asked to {Purpose}: {why}.") { Code = code };

    /// <summary>An answer that says no.</summary>
    public MultiSafepayApiException Refused(HttpStatusCode status, int? code, string? info) =>
        new($"MultiSafepay could not {Purpose}: {(code is null ? "an error" : $"error {code}")} (HTTP {(int)status}).")
        {
            Code = code,
            Info = OneLine(info),
            HttpStatus = status,
            IsTransient = IsPassing(status),
            OutcomeUnknown = IsWriteUnderWay && IsServersOwn(status)
        };

    /// <summary>An answer that cannot be understood. A status of success says that a write was carried out all the same.</summary>
    public MultiSafepayApiException Unreadable(HttpStatusCode status, string why, Exception? cause = null) =>
        new($"MultiSafepay could not {Purpose}: {why} (HTTP {(int)status}).", cause)
        {
            HttpStatus = status,
            IsTransient = IsPassing(status),
            OutcomeUnknown = IsWriteUnderWay && (IsServersOwn(status) || (int)status is >= 200 and < 300)
        };

    private static bool IsPassing(HttpStatusCode status) => status == HttpStatusCode.TooManyRequests || IsServersOwn(status);

    private static bool IsServersOwn(HttpStatusCode status) => status == HttpStatusCode.RequestTimeout || (int)status >= 500;

    /// <summary>MultiSafepay's words, fit for one line of a log. The key is taken out, should they repeat it.</summary>
    private string? OneLine(string? info)
    {
        if (string.IsNullOrWhiteSpace(info))
            return null;

        if (Credentials.ApiKey.Length > 0)
            info = info.Replace(Credentials.ApiKey, "***", StringComparison.OrdinalIgnoreCase);

        var line = string.Concat(info.Select(character => char.IsControl(character) || character is '\u2028' or '\u2029' ? ' ' : character)).Trim();
        if (line.Length <= MaxInfoLength)
            return line;

        return char.IsHighSurrogate(line[MaxInfoLength - 1]) ? line[..(MaxInfoLength - 1)] : line[..MaxInfoLength];
    }
}
