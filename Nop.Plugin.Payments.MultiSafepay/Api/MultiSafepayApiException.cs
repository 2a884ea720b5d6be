using System.Net;

namespace Nop.Plugin.Payments.MultiSafepay.Api;

/// <summary>
/// Thrown when a call to MultiSafepay has no usable answer. The message says which call failed and how, and never contains the API key, a body or
/// personal data.
/// </summary>
public sealed class MultiSafepayApiException(string message, Exception? innerException = null) : Exception(message, innerException)
{
    /// <summary>MultiSafepay's error code, such as 1027 for a cart that does not add up; null without such an answer.</summary>
    public int? Code { get; init; }

    /// <summary>MultiSafepay's error text on one line of at most 200 characters. For logs and administrators, not for customers.</summary>
    public string? Info { get; init; }

    /// <summary>The HTTP status of the answer; null without an answer.</summary>
    public HttpStatusCode? HttpStatus { get; init; }

    /// <summary>Whether the same call may succeed later: a network failure, a timeout, too many requests, or a server error.</summary>
    public bool IsTransient { get; init; }

    /// <summary>Whether MultiSafepay may have carried out the call: a write that was sent and did not get a clear answer.</summary>
    public bool OutcomeUnknown { get; init; }
}
