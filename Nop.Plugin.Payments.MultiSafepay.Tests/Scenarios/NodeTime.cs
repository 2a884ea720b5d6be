using Microsoft.Extensions.Time.Testing;

namespace Nop.Plugin.Payments.MultiSafepay.Tests.Scenarios;

/// <summary>The time of a scenario's host: it stands still until it is moved, and the shop's clocks may be wrong.</summary>
internal sealed class NodeTime
{
    /// <summary>When the host begins.</summary>
    public static readonly DateTimeOffset Start = new(2030, 1, 2, 3, 4, 5, TimeSpan.Zero);

    /// <summary>The true time, which is MultiSafepay's.</summary>
    public FakeTimeProvider True { get; } = new(Start);

    /// <summary>By how much the shop's clocks are ahead.</summary>
    public TimeSpan Skew { get; set; }

    public DateTimeOffset Now => True.GetUtcNow();

    /// <summary>Moves the clock on to a moment that may be reached already.</summary>
    public void MoveTo(DateTimeOffset at)
    {
        if (at > Now)
            True.Advance(at - Now);
    }
}

/// <summary>The clock of a node. It notices when the node waits for it.</summary>
internal sealed class NodeClock(NodeTime time) : TimeProvider
{
    /// <summary>Told until when something is waited for, in true time.</summary>
    public Action<DateTimeOffset>? FallsAsleep { get; set; }

    public override long TimestampFrequency => time.True.TimestampFrequency;

    public override TimeZoneInfo LocalTimeZone => TimeZoneInfo.Utc;

    public override DateTimeOffset GetUtcNow() => time.Now + time.Skew;

    public override long GetTimestamp() => time.True.GetTimestamp();

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = time.True.CreateTimer(callback, state, dueTime, period);

        // The timer of a Task.Delay carries its task; the others are time limits, for which nobody waits.
        if (state is Task && state.GetType().Name.Contains("Delay", StringComparison.Ordinal))
            FallsAsleep?.Invoke(time.Now + dueTime);
        return timer;
    }
}
