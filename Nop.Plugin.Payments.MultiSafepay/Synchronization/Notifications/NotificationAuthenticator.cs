using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc.Filters;
using Nop.Core.Domain.Logging;
using Nop.Plugin.Payments.MultiSafepay.Api;
using Nop.Plugin.Payments.MultiSafepay.Payments;
using Nop.Plugin.Payments.MultiSafepay.Payments.Stores;
using Nop.Services.Logging;

namespace Nop.Plugin.Payments.MultiSafepay.Synchronization.Notifications;

/// <summary>A notification whose signature was verified. The <see cref="NotificationAuthenticator"/> passes it to the action as a feature of the request.</summary>
/// <param name="Environment">The environment whose key signed it.</param>
/// <param name="Body">The raw bytes that were signed; valid only during the request.</param>
public sealed record SignedNotification(MultiSafepayEnvironment Environment, ReadOnlyMemory<byte> Body);

/// <summary>
/// A filter that lets through only requests that MultiSafepay has signed: it reads the raw body and verifies the header <c>Auth</c> with the keys of the store in the
/// URL. Anybody can call the URL, so a rejection must be cheap: the only settings that are read are the keys and whether the debug log is on (which then gets at most
/// <see cref="PublicEndpointRateLimiter.LinesPerMinute"/> lines a minute), and the services that handle notifications (<see cref="NotificationHandler"/> and nopCommerce's behind it) are
/// not even created.
/// </summary>
public class NotificationAuthenticator(StoreSettings storeSettings, PublicEndpointRateLimiter rateLimiter, Deferred<ILogger> logger, TimeProvider timeProvider) : IAsyncActionFilter
{
    private static readonly MultiSafepayEnvironment[] _environments = [MultiSafepayEnvironment.Live, MultiSafepayEnvironment.Test];

    /// <inheritdoc/>
    public async Task OnActionExecutionAsync(ActionExecutingContext context, ActionExecutionDelegate next)
    {
        var http = context.HttpContext;
        using var body = new NotificationBody(timeProvider);
        if (await body.ReadAsync(http.Request, http.RequestAborted) is { } problem)
        {
            context.Result = new NotificationResult(problem);
            return;
        }

        var storeId = StoreIdOf(http.Request);
        if (await FindSignerAsync(storeId, http.Request.Headers[NotificationSignature.HeaderName].ToString(), body.Bytes) is not { } environment)
        {
            await LogRefusalAsync(storeId);
            context.Result = new NotificationResult(NotificationResponse.NotSigned);
            return;
        }

        http.Features.Set(new SignedNotification(environment, body.Bytes));
        await next();
    }

    /// <summary>The id of the store in the URL. The route accepts only numbers; if another route leads here, the id is 0, which is no store.</summary>
    internal static int StoreIdOf(HttpRequest request) =>
        int.TryParse(Convert.ToString(request.RouteValues["storeId"], CultureInfo.InvariantCulture), NumberStyles.Integer, CultureInfo.InvariantCulture, out var id) ? id : 0;

    private async Task<MultiSafepayEnvironment?> FindSignerAsync(int storeId, string? authHeader, ReadOnlyMemory<byte> body)
    {
        if (string.IsNullOrWhiteSpace(authHeader))
            return null;

        var now = timeProvider.GetUtcNow();
        foreach (var environment in _environments)
        {
            if (await storeSettings.SigningKeyAsync(storeId, environment) is { } key
                && NotificationSignature.Verify(authHeader, body.Span, key, now, NotificationSignature.DefaultTolerance) == SignatureVerdict.Valid)
                return environment;
        }

        return null;
    }

    private async Task LogRefusalAsync(int storeId)
    {
        if (await storeSettings.IsDebugLogOnAsync(storeId) && rateLimiter.TryLine())
            await logger.Value.InsertLogAsync(LogLevel.Debug, FormattableString.Invariant(
                $"{MultiSafepayDefaults.SystemName}: a notification for store {storeId} was refused: its signature is missing, too old or wrong."));
    }
}
