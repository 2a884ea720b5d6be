using Nop.Core.Domain.Logging;
using Nop.Plugin.Payments.MultiSafepay.Api;
using Nop.Plugin.Payments.MultiSafepay.Payments.Stores;
using Nop.Services.Logging;

namespace Nop.Plugin.Payments.MultiSafepay.Synchronization.Notifications;

/// <summary>
/// Lets in what MultiSafepay has signed and nothing else, and answers for whatever fails behind it. Anybody can knock, so a refusal is cheap: no setting is read but
/// the keys, the database is not asked, and what works on notifications (<see cref="NotificationHandler"/>, and the shop behind it) is not even made.
/// </summary>
public class NotificationAuthenticator(StoreSettings storeSettings, PublicEndpointRateLimiter rateLimiter, ILogger logger, TimeProvider timeProvider)
{
    /// <summary>Finds the key that signed a notification.</summary>
    /// <param name="storeId">The store that the URL names; its key must have signed.</param>
    /// <param name="authHeader">The header <c>Auth</c>.</param>
    /// <param name="body">The raw bytes.</param>
    /// <returns>The environment that the key belongs to, or null when no key of the store has signed these bytes.</returns>
    public async Task<MultiSafepayEnvironment?> SignedWithAsync(int storeId, string? authHeader, ReadOnlyMemory<byte> body)
    {
        if (await FindAsync(storeId, authHeader, body) is { } environment)
            return environment;

        if (await storeSettings.IsDebugLogOnAsync(storeId) && rateLimiter.TryLine())
            await logger.InsertLogAsync(LogLevel.Debug, FormattableString.Invariant(
                $"{MultiSafepayDefaults.SystemName}: a notification for store {storeId} was refused: its signature is missing, too old or wrong."));
        return null;
    }

    /// <summary>
    /// Runs what answers a notification. Whatever fails may work later, so the answer is then that MultiSafepay shall send it again. nopCommerce would log what is
    /// thrown, together with a guest that it makes for the purpose.
    /// </summary>
    /// <param name="storeId">The store that the URL names.</param>
    /// <param name="work">The work.</param>
    /// <param name="cancellationToken">Says that the caller has gone away.</param>
    public async Task<NotificationResponse> GuardAsync(int storeId, Func<Task<NotificationResponse>> work, CancellationToken cancellationToken)
    {
        try
        {
            return await work();
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // The caller is gone, and nobody reads the answer.
        }
        catch (Exception exception)
        {
            try
            {
                await logger.ErrorAsync(FormattableString.Invariant(
                    $"{MultiSafepayDefaults.SystemName}: a notification for store {storeId} failed; MultiSafepay will send it again."), exception);
            }
            catch (Exception)
            {
                // The database is out of reach, so there is nowhere to write to.
            }
        }

        return NotificationResponse.TryLater;
    }

    private async Task<MultiSafepayEnvironment?> FindAsync(int storeId, string? authHeader, ReadOnlyMemory<byte> body)
    {
        if (string.IsNullOrWhiteSpace(authHeader))
            return null;

        var now = timeProvider.GetUtcNow();
        foreach (var environment in (MultiSafepayEnvironment[])[MultiSafepayEnvironment.Live, MultiSafepayEnvironment.Test])
        {
            if (await storeSettings.SigningKeyAsync(storeId, environment) is { } key
                && NotificationSignature.Verify(authHeader, body.Span, key, now, NotificationSignature.DefaultTolerance) == SignatureVerdict.Valid)
                return environment;
        }

        return null;
    }
}
