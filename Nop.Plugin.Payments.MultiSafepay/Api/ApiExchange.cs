using System.Globalization;
using System.Net;

namespace Nop.Plugin.Payments.MultiSafepay.Api;

/// <summary>Describes a call to MultiSafepay without secrets or personal data: no body, no query string, no key.</summary>
/// <param name="Method">The HTTP method.</param>
/// <param name="Path">The path relative to the API's base address.</param>
/// <param name="Status">The HTTP status of the answer; null without an answer.</param>
/// <param name="ErrorCode">MultiSafepay's error code; null if there is none.</param>
/// <param name="Succeeded">Whether the answer reported success and could be read.</param>
/// <param name="Duration">The duration of the call.</param>
public sealed record ApiExchange(string Method, string Path, HttpStatusCode? Status, int? ErrorCode, bool Succeeded, TimeSpan Duration)
{
    /// <summary>The call as a single log line.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture,
        $"{Method} {Path}: {(Status is { } status ? $"HTTP {(int)status}" : "no answer")}{(ErrorCode is { } code ? $", error {code}" : string.Empty)}"
        + $"{(Succeeded ? string.Empty : ", failed")}, {Duration.TotalMilliseconds:F0} ms");
}
