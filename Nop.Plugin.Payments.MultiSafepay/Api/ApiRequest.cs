using System.Net;

namespace Nop.Plugin.Payments.MultiSafepay.Api;

/// <summary>What the handlers that a request to MultiSafepay passes through may tell of it.</summary>
public static class ApiRequest
{
    private static readonly HttpRequestOptionsKey<string> _shownPath = new("MultiSafepay.ShownPath");

    /// <summary>The path of a request, without what no log may contain: the customer's reference and the token of stored payment details.</summary>
    public static string PathOf(HttpRequestMessage request) => request.Options.TryGetValue(_shownPath, out var path) ? path : request.RequestUri?.AbsolutePath ?? "-";

    /// <summary>Whether an answer is a failure: not if it only says that a customer has no stored payment details, which is an error for MultiSafepay.</summary>
    public static bool IsFailure(HttpRequestMessage request, HttpStatusCode status) =>
        status >= HttpStatusCode.MultipleChoices && !(status is HttpStatusCode.NotFound or HttpStatusCode.Gone && request.Options.TryGetValue(_shownPath, out _));

    /// <summary>Has <see cref="PathOf"/> tell another path.</summary>
    internal static void Hide(HttpRequestMessage request, string shownPath) => request.Options.Set(_shownPath, shownPath);
}
