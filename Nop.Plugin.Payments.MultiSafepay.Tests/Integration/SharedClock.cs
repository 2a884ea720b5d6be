namespace Nop.Plugin.Payments.MultiSafepay.Tests.Integration;

/// <summary>The time of another clock, with timers that really run: what waits a moment before it tries again is not left waiting for a test to move the clock.</summary>
internal sealed class SharedClock(TimeProvider clock) : TimeProvider
{
    public override DateTimeOffset GetUtcNow() => clock.GetUtcNow();
}
