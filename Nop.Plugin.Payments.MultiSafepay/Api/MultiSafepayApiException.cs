using System.Net;

namespace Nop.Plugin.Payments.MultiSafepay.Api;

/// <summary>
/// A call to MultiSafepay that did not give a usable answer, for whatever reason. The message says which call failed and how, never with the API key,
/// a body or anything about the customer.
/// </summary>
public sealed class MultiSafepayApiException(string message, Exception? innerException = null) : Exception(message, innerException)
{
    /// <summary>MultiSafepay's error code, such as 1027 for a cart that does not add up; none when there was no such answer.</summary>
    public int? Code { get; init; }

    /// <summary>MultiSafepay's own words about the error: one line of at most 200 characters. For logs and administrators, not for customers.</summary>
    public string? Info { get; init; }

    /// <summary>The HTTP status of the answer; none when there was no answer.</summary>
    public HttpStatusCode? HttpStatus { get; init; }

    /// <summary>Whether the same call may succeed later: network trouble, a timeout, too many requests, or an error of the server's own.</summary>
    public bool IsTransient { get; init; }

    /// <summary>Whether MultiSafepay may have carried the call out although it failed here: a write that was sent and got no clear answer.</summary>
    public bool OutcomeUnknown { get; init; }
}
