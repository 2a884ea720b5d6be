using Nop.Plugin.Payments.MultiSafepay.Api;

namespace Nop.Plugin.Payments.MultiSafepay.Payments.Notices;

/// <summary>Records the calls to MultiSafepay in <see cref="RecentActivity"/>: method, path and outcome, never a header or a body.</summary>
public sealed class ActivityHandler(RecentActivity activity) : DelegatingHandler
{
    /// <inheritdoc/>
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        try
        {
            var answer = await base.SendAsync(request, cancellationToken);
            if (answer.Headers.Date is { } date)
                activity.Answered(date);
            if (ApiRequest.IsFailure(request, answer.StatusCode))
                activity.CallFailed(Name(request), FormattableString.Invariant($"HTTP {(int)answer.StatusCode}"));
            return answer;
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException or OperationCanceledException)
        {
            activity.CallFailed(Name(request), exception is HttpRequestException { HttpRequestError: not HttpRequestError.Unknown and var error } ? error.ToString() : exception.GetType().Name);
            throw;
        }
    }

    private static string Name(HttpRequestMessage request) => $"{request.Method} {ApiRequest.PathOf(request)}";
}
