namespace Nop.Plugin.Payments.MultiSafepay.Tests.Api;

/// <summary>Real time without its short pauses: what should take less than a second is over at once, and noted.</summary>
internal sealed class ShortenedTime : TimeProvider
{
    private static readonly TimeSpan _short = TimeSpan.FromSeconds(1);

    public List<TimeSpan> Pauses { get; } = [];

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        if (dueTime < TimeSpan.Zero || dueTime >= _short)
            return base.CreateTimer(callback, state, dueTime, period);

        Pauses.Add(dueTime);
        return base.CreateTimer(callback, state, TimeSpan.Zero, period);
    }
}
