using System.Net;
using Nop.Plugin.Payments.MultiSafepay.Api;

namespace Nop.Plugin.Payments.MultiSafepay.Reconciliation;

/// <summary>
/// Counts the failures of each account at MultiSafepay during a run, and leaves out an account that does not answer or refuses the API key, so that its orders do not keep those of other
/// accounts from being compared.
/// </summary>
/// <param name="before">The failures that are known from the last run.</param>
/// <param name="timeProvider">The clock.</param>
internal sealed class AccountFailures(IReadOnlyDictionary<string, AccountFailure> before, TimeProvider timeProvider)
{
    /// <summary>After so many failures in a row, the account is left out for the rest of the run.</summary>
    public const int MaxInARow = 3;

    // The first time for the rest of the run only.
    private static readonly TimeSpan _firstPause = TimeSpan.FromMinutes(15);
    private static readonly TimeSpan _longestPause = TimeSpan.FromHours(1);
    private static readonly TimeSpan _warningInterval = TimeSpan.FromDays(1);

    private readonly Dictionary<string, AccountFailure> _failures = new(before, StringComparer.Ordinal);
    private readonly Dictionary<string, int> _inARow = new(StringComparer.Ordinal);

    /// <summary>The failures for the next run.</summary>
    public IReadOnlyDictionary<string, AccountFailure> Result => _failures;

    /// <summary>Whether an account was left out in this run.</summary>
    public bool HasPaused => _inARow.Values.Any(count => count >= MaxInARow);

    /// <summary>Whether the failure is about the account and not about one order.</summary>
    public static bool IsOfAccount(Exception exception) => exception is MultiSafepayApiException { IsTransient: true }
        or MultiSafepayApiException { Code: MultiSafepayErrorCodes.ApiKey }
        or MultiSafepayApiException { HttpStatus: HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden };

    /// <summary>Until when the account is left out, in UTC; null if it is not.</summary>
    public DateTime? PausedUntilUtc(string account) =>
        _inARow.GetValueOrDefault(account) >= MaxInARow ? Later(Now + _firstPause, _failures[account].PausedUntilUtc)
        : _failures.TryGetValue(account, out var failure) && failure.PausedUntilUtc > Now ? failure.PausedUntilUtc
        : null;

    /// <summary>Records a failure.</summary>
    /// <returns>Whether the owner is to be warned, which is once a day.</returns>
    public bool Add(string account)
    {
        var known = _failures.GetValueOrDefault(account) ?? new AccountFailure(0, Now, DateTime.UnixEpoch);
        var isWarned = Now - known.WarnedUtc < _warningInterval;
        var inARow = _inARow[account] = _inARow.GetValueOrDefault(account) + 1;
        _failures[account] = known with
        {
            Pauses = inARow == MaxInARow ? known.Pauses + 1 : known.Pauses,
            PausedUntilUtc = inARow == MaxInARow ? Now + PauseAfter(known.Pauses) : known.PausedUntilUtc,
            WarnedUtc = isWarned ? known.WarnedUtc : Now
        };
        return !isWarned;
    }

    /// <summary>Records an answer.</summary>
    public void Clear(string account)
    {
        _inARow.Remove(account);
        if (_failures.TryGetValue(account, out var failure))
            _failures[account] = failure with { Pauses = 0, PausedUntilUtc = Now };

        // The warning is remembered for its day: an account that answers now and then is not warned of each time.
        if (failure is not null && Now - failure.WarnedUtc >= _warningInterval)
            _failures.Remove(account);
    }

    private DateTime Now => timeProvider.GetUtcNow().UtcDateTime;

    private static TimeSpan PauseAfter(int pauses) => pauses == 0 ? TimeSpan.Zero : TimeSpan.FromTicks(Math.Min(_longestPause.Ticks, _firstPause.Ticks << Math.Min(pauses - 1, 8)));

    private static DateTime Later(DateTime one, DateTime other) => one > other ? one : other;
}
