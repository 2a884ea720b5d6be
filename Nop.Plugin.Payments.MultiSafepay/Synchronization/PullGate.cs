using System.Threading.RateLimiting;

namespace Nop.Plugin.Payments.MultiSafepay.Synchronization;

/// <summary>
/// Bounds how often the public pages ask MultiSafepay about an order. Anybody can reload a return page or call the webhook by GET; without a bound that would
/// turn the shop into a tool against MultiSafepay's API.
/// </summary>
public sealed class PullGate : IDisposable
{
    /// <summary>How many pulls one order gets at once.</summary>
    public const int BurstPerOrder = 5;

    /// <summary>How many pulls all orders of this node get together in a second.</summary>
    public const int PerSecond = 20;

    private readonly PartitionedRateLimiter<Guid> _perOrder = PartitionedRateLimiter.Create<Guid, Guid>(orderGuid =>
        RateLimitPartition.GetTokenBucketLimiter(orderGuid, _ => new TokenBucketRateLimiterOptions
        {
            TokenLimit = BurstPerOrder,
            TokensPerPeriod = 1,
            ReplenishmentPeriod = TimeSpan.FromSeconds(10),
            QueueLimit = 0
        }));

    private readonly FixedWindowRateLimiter _all = new(new FixedWindowRateLimiterOptions
    {
        PermitLimit = PerSecond,
        Window = TimeSpan.FromSeconds(1),
        QueueLimit = 0
    });

    /// <summary>Whether MultiSafepay may be asked about this order now.</summary>
    public bool TryEnter(Guid orderGuid)
    {
        using var order = _perOrder.AttemptAcquire(orderGuid);
        if (!order.IsAcquired)
            return false;
        using var all = _all.AttemptAcquire();
        return all.IsAcquired;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _perOrder.Dispose();
        _all.Dispose();
    }
}
