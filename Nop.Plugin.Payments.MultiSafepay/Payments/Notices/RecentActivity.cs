using System.Collections.Concurrent;

namespace Nop.Plugin.Payments.MultiSafepay.Payments.Notices;

/// <summary>Something that happened between the shop and MultiSafepay. Holds no key and no personal data.</summary>
/// <param name="AtUtc">When, in UTC.</param>
/// <param name="What">What was asked.</param>
/// <param name="Outcome">What was answered.</param>
public sealed record ActivityEntry(DateTime AtUtc, string What, string Outcome);

/// <summary>
/// The last notifications and the last calls to MultiSafepay that failed, for the diagnostics page. It lives in this process only: it forgets with a restart,
/// and each node of a web farm has its own.
/// </summary>
public sealed class RecentActivity(TimeProvider timeProvider)
{
    /// <summary>How many of each kind are kept.</summary>
    public const int Capacity = 50;

    private readonly ConcurrentQueue<ActivityEntry> _accepted = new();
    private readonly ConcurrentQueue<ActivityEntry> _refused = new();
    private readonly ConcurrentQueue<ActivityEntry> _hints = new();
    private readonly ConcurrentQueue<ActivityEntry> _failedCalls = new();

    /// <summary>The signed notifications that were taken, newest first.</summary>
    public IReadOnlyList<ActivityEntry> Accepted => [.. _accepted.Reverse()];

    /// <summary>The notifications that were refused, newest first. They are kept apart, so that whoever sends many cannot push the others out.</summary>
    public IReadOnlyList<ActivityEntry> Refused => [.. _refused.Reverse()];

    /// <summary>The notifications by GET, newest first. Anybody can send one, and so push out nothing but others of them.</summary>
    public IReadOnlyList<ActivityEntry> Hints => [.. _hints.Reverse()];

    /// <summary>The calls to MultiSafepay that failed, newest first.</summary>
    public IReadOnlyList<ActivityEntry> FailedCalls => [.. _failedCalls.Reverse()];

    /// <summary>How far MultiSafepay's clock is ahead of the shop's, as its last answer told; null before the first.</summary>
    public TimeSpan? ClockDifference { get; private set; }

    /// <summary>Remembers a notification by POST.</summary>
    public void Notified(string what, int statusCode, string answer) => Add(statusCode < 300 ? _accepted : _refused, what, Outcome(statusCode, answer));

    /// <summary>Remembers a notification by GET, which is unsigned.</summary>
    public void Hinted(string what, int statusCode, string answer) => Add(_hints, what, Outcome(statusCode, answer));

    /// <summary>Remembers a call to MultiSafepay that failed.</summary>
    public void CallFailed(string what, string outcome) => Add(_failedCalls, what, outcome);

    /// <summary>Compares the clocks.</summary>
    /// <param name="theirs">The date of MultiSafepay's answer.</param>
    public void Answered(DateTimeOffset theirs) => ClockDifference = theirs - timeProvider.GetUtcNow();

    private static string Outcome(int statusCode, string answer) => FormattableString.Invariant($"{statusCode} {answer}");

    private void Add(ConcurrentQueue<ActivityEntry> entries, string what, string outcome)
    {
        entries.Enqueue(new ActivityEntry(timeProvider.GetUtcNow().UtcDateTime, what, outcome));
        while (entries.Count > Capacity)
            entries.TryDequeue(out _);
    }
}
