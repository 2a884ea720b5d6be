using Microsoft.Extensions.DependencyInjection;
using Nop.Plugin.Payments.MultiSafepay.Api;
using Nop.Plugin.Payments.MultiSafepay.Payments.Notices;

namespace Nop.Plugin.Payments.MultiSafepay.SavedCards;

/// <summary>
/// Reads the saved cards of customers from MultiSafepay, independently of the customer's request: one call for all requests that need the same ones, in its own scope. Keeps the answers,
/// and failures, in the memory of this node for a minute at most, and never in nopCommerce's cache, which may be shared: they contain tokens.
/// </summary>
public sealed class SavedCardSource(IServiceScopeFactory scopes, TimeProvider timeProvider)
{
    /// <summary>The age up to which an answer, or a failure, is used. No source; chosen.</summary>
    public static readonly TimeSpan FreshFor = TimeSpan.FromMinutes(1);

    /// <summary>The age up to which an answer is used where the customer manages cards, so that a card that was just saved or deleted is shown as such. No source; chosen.</summary>
    public static readonly TimeSpan FreshForAccount = TimeSpan.FromSeconds(5);

    /// <summary>The longest time that a customer waits for the cards, the same as for the payment methods.</summary>
    public static readonly TimeSpan MaxWait = TimeSpan.FromSeconds(2.5);

    // Those of one minute. If a shop has more, the cards are read more often.
    private const int MaxRemembered = 5_000;

    private readonly Dictionary<(int CustomerId, MultiSafepayEnvironment Environment, string Key), Reading> _readings = [];

    /// <summary>Reads the cards in the background, so that they are known when the customer comes to the page that shows them.</summary>
    public void ReadAhead(int customerId, ApiCredentials credentials) => Ask(customerId, credentials, FreshFor);

    /// <summary>Returns the cards of a customer.</summary>
    /// <param name="customerId">The customer.</param>
    /// <param name="credentials">The account.</param>
    /// <param name="freshFor">The age up to which an earlier answer is used.</param>
    /// <param name="cancellationToken">Cancels waiting, but not the call.</param>
    /// <returns>The cards; null if MultiSafepay has not answered in time, or its last answer was a failure.</returns>
    public async Task<IReadOnlyList<SavedCard>?> GetAsync(int customerId, ApiCredentials credentials, TimeSpan freshFor, CancellationToken cancellationToken)
    {
        var reading = Ask(customerId, credentials, freshFor);
        var left = MaxWait - timeProvider.GetElapsedTime(reading.StartedAt);
        try
        {
            return await reading.Cards.WaitAsync(left > TimeSpan.Zero ? left : TimeSpan.Zero, timeProvider, cancellationToken);
        }
        catch (TimeoutException)
        {
            return null;
        }
    }

    /// <summary>Forgets the cards of a customer that were read before.</summary>
    public void Forget(int customerId)
    {
        lock (_readings)
        {
            foreach (var key in _readings.Keys.Where(key => key.CustomerId == customerId).ToList())
                _readings.Remove(key);
        }
    }

    private Reading Ask(int customerId, ApiCredentials credentials, TimeSpan freshFor)
    {
        var key = (customerId, credentials.Environment, credentials.Fingerprint);
        lock (_readings)
        {
            if (_readings.TryGetValue(key, out var known) && (!known.Cards.IsCompleted || timeProvider.GetUtcNow() - known.At < freshFor))
                return known;

            if (_readings.Count >= MaxRemembered)
            {
                foreach (var old in _readings.Where(reading => timeProvider.GetUtcNow() - reading.Value.At >= FreshFor).Select(reading => reading.Key).ToList())
                    _readings.Remove(old);
                if (_readings.Count >= MaxRemembered)
                    _readings.Clear();
            }

            // Without the execution context of the request: its HttpContext may be gone before the answer arrives.
            using var _ = ExecutionContext.IsFlowSuppressed() ? default(AsyncFlowControl?) : ExecutionContext.SuppressFlow();
            return _readings[key] = new Reading(timeProvider.GetUtcNow(), timeProvider.GetTimestamp(), Task.Run(() => ReadAsync(customerId, credentials)));
        }
    }

    // Saved cards are an extra: whatever fails here, the page is shown without them, and the reason is in the log.
    private async Task<IReadOnlyList<SavedCard>?> ReadAsync(int customerId, ApiCredentials credentials)
    {
        await using var scope = scopes.CreateAsyncScope();
        try
        {
            return await scope.ServiceProvider.GetRequiredService<SavedCardReader>().ReadAsync(customerId, credentials, CancellationToken.None);
        }
        catch (Exception exception)
        {
            await scope.ServiceProvider.GetRequiredService<OrderNotesAndLog>().WarnAsync($"the saved cards of a customer could not be read; they are not offered for a minute. {exception.Message}");
            return null;
        }
    }

    private sealed record Reading(DateTimeOffset At, long StartedAt, Task<IReadOnlyList<SavedCard>?> Cards);
}
