namespace Benchmarks.Scale;

/// <summary>A clock that stands still until it is moved, so that each shop is measured at the same age of its orders. Timers run by the real one.</summary>
internal sealed class HeldClock : TimeProvider
{
    private DateTimeOffset _now = new(2030, 1, 2, 3, 4, 5, TimeSpan.Zero);

    public void Advance(TimeSpan by) => _now += by;

    public override DateTimeOffset GetUtcNow() => _now;
}
