using System.Collections.Concurrent;

namespace Nop.Plugin.Payments.MultiSafepay.Payments.Notices;

/// <summary>A notification or a failed API call, for the diagnostics page. Contains no key and no personal data.</summary>
/// <param name="AtUtc">The time, in UTC.</param>
/// <param name="What">The request: method and path, and for a notification its query parameter <c>transactionid</c>.</param>
/// <param name="Outcome">The response, or the error.</param>
public sealed record ActivityEntry(DateTime AtUtc, string What, string Outcome);

/// <summary>
/// The most recent notifications and failed calls to MultiSafepay, for the diagnostics page. They are kept in the memory of this process only: a restart clears them,
/// and each node of a web farm has its own.
/// </summary>
public sealed class RecentActivity(TimeProvider timeProvider)
{
    /// <summary>The number of entries that are kept of each kind.</summary>
    public const int Capacity = 50;

    private readonly ConcurrentQueue<ActivityEntry> _accepted = new();
    private readonly ConcurrentQueue<ActivityEntry> _refused = new();
    private readonly ConcurrentQueue<ActivityEntry> _hints = new();
    private readonly ConcurrentQueue<ActivityEntry> _failedCalls = new();

    /// <summary>The signed notifications that were accepted, newest first.</summary>
    public IReadOnlyList<ActivityEntry> Accepted => [.. _accepted.Reverse()];

    /// <summary>The notifications that were answered with an error, newest first. They have a list of their own, so that a flood of them cannot push out the accepted ones.</summary>
    public IReadOnlyList<ActivityEntry> Refused => [.. _refused.Reverse()];

    /// <summary>The notifications by GET, newest first. Anybody can send one, so they have a list of their own and push out only each other.</summary>
    public IReadOnlyList<ActivityEntry> Hints => [.. _hints.Reverse()];

    /// <summary>The calls to MultiSafepay that failed, newest first.</summary>
    public IReadOnlyList<ActivityEntry> FailedCalls => [.. _failedCalls.Reverse()];

    /// <summary>How far MultiSafepay's clock is ahead of the shop's, according to its last response; negative if it is behind, null before the first response.</summary>
    public TimeSpan? ClockDifference { get; private set; }

    /// <summary>Records a notification by POST.</summary>
    /// <param name="what">The request.</param>
    /// <param name="statusCode">The HTTP status of the shop's response; below 300 the notification counts as accepted.</param>
    /// <param name="answer">The text of the response.</param>
    public void Notified(string what, int statusCode, string answer) => Add(statusCode < 300 ? _accepted : _refused, what, Outcome(statusCode, answer));

    /// <summary>Records a notification by GET, which is unsigned.</summary>
    /// <param name="what">The request.</param>
    /// <param name="statusCode">The HTTP status of the shop's response.</param>
    /// <param name="answer">The text of the response.</param>
    public void Hinted(string what, int statusCode, string answer) => Add(_hints, what, Outcome(statusCode, answer));

    /// <summary>Records a call to MultiSafepay that failed.</summary>
    /// <param name="what">The request.</param>
    /// <param name="outcome">The HTTP status or the error.</param>
    public void CallFailed(string what, string outcome) => Add(_failedCalls, what, outcome);

    /// <summary>Records the difference between MultiSafepay's clock and the shop's.</summary>
    /// <param name="theirs">The date in MultiSafepay's response.</param>
    public void Answered(DateTimeOffset theirs) => ClockDifference = theirs - timeProvider.GetUtcNow();

    private static string Outcome(int statusCode, string answer) => FormattableString.Invariant($"{statusCode} {answer}");

    private void Add(ConcurrentQueue<ActivityEntry> entries, string what, string outcome)
    {
        entries.Enqueue(new ActivityEntry(timeProvider.GetUtcNow().UtcDateTime, what, outcome));
        while (entries.Count > Capacity)
            entries.TryDequeue(out _);
    }
}
