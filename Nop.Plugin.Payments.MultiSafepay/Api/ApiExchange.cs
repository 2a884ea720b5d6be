using System.Globalization;
using System.Net;

namespace Nop.Plugin.Payments.MultiSafepay.Api;

/// <summary>What can be told of a call to MultiSafepay without a secret or anything about a person: no body, no query string, no key.</summary>
/// <param name="Method">The HTTP method.</param>
/// <param name="Path">The path below the API's address.</param>
/// <param name="Status">The answer's HTTP status; null when there was no answer.</param>
/// <param name="ErrorCode">MultiSafepay's error code; null when it gave none.</param>
/// <param name="Succeeded">Whether the answer was a usable success.</param>
/// <param name="Duration">How long it took.</param>
public sealed record ApiExchange(string Method, string Path, HttpStatusCode? Status, int? ErrorCode, bool Succeeded, TimeSpan Duration)
{
    /// <summary>One line for a log.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture,
        $"{Method} {Path}: {(Status is { } status ? $"HTTP {(int)status}" : "no answer")}{(ErrorCode is { } code ? $", error {code}" : string.Empty)}"
        + $"{(Succeeded ? string.Empty : ", failed")}, {Duration.TotalMilliseconds:F0} ms");
}
