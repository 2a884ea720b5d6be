using System.Threading.RateLimiting;

namespace Nop.Plugin.Payments.MultiSafepay.Synchronization;

/// <summary>
/// Bounds what the public pages make the shop do. Anybody can reload a return page, call the webhook by GET or press "Retry payment" in a loop; without bounds
/// that would turn the shop into a tool against MultiSafepay's API, and fill its log. Each endpoint has bounds of its own, so that whoever floods one does not close
/// another. The memory is that of the orders of the last seconds.
/// </summary>
public sealed class PublicEndpointRateLimiter : IDisposable
{
    /// <summary>How often MultiSafepay is asked about one order at once, for each endpoint; afterwards once in ten seconds.</summary>
    public const int BurstPerOrder = 5;

    /// <summary>How often one order's payment is started at once; afterwards once in ten seconds.</summary>
    public const int StartsPerOrder = 20;

    /// <summary>How often in a second MultiSafepay is asked because customers come back.</summary>
    public const int ReturnsPerSecond = 20;

    /// <summary>How often in a second MultiSafepay is asked because of unsigned hints, which may come from anybody.</summary>
    public const int HintsPerSecond = 5;

    /// <summary>How many unsigned hints in a second are looked up in the database, which takes several reads for a number that is nobody's.</summary>
    public const int LookUpsPerSecond = 20;

    /// <summary>How many refused notifications in a minute get a line in the debug log.</summary>
    public const int LinesPerMinute = 30;

    private readonly PartitionedRateLimiter<Guid> _returnsPerOrder = PerOrder(BurstPerOrder);
    private readonly PartitionedRateLimiter<Guid> _hintsPerOrder = PerOrder(BurstPerOrder);
    private readonly PartitionedRateLimiter<Guid> _startsPerOrder = PerOrder(StartsPerOrder);
    private readonly FixedWindowRateLimiter _returns = InAll(ReturnsPerSecond, TimeSpan.FromSeconds(1));
    private readonly FixedWindowRateLimiter _hints = InAll(HintsPerSecond, TimeSpan.FromSeconds(1));
    private readonly FixedWindowRateLimiter _lookUps = InAll(LookUpsPerSecond, TimeSpan.FromSeconds(1));
    private readonly FixedWindowRateLimiter _lines = InAll(LinesPerMinute, TimeSpan.FromMinutes(1));

    /// <summary>Whether MultiSafepay may be asked because the order's customer has come back.</summary>
    public bool TryReturn(Guid orderGuid) => TryEnter(_returnsPerOrder, orderGuid) && TryEnter(_returns);

    /// <summary>Whether MultiSafepay may be asked because of an unsigned hint about the order.</summary>
    public bool TryHint(Guid orderGuid) => TryEnter(_hintsPerOrder, orderGuid) && TryEnter(_hints);

    /// <summary>Whether the order of an unsigned hint may be looked up.</summary>
    public bool TryLookUp() => TryEnter(_lookUps);

    /// <summary>Whether the customer may start the order's payment.</summary>
    public bool TryStart(Guid orderGuid) => TryEnter(_startsPerOrder, orderGuid);

    /// <summary>Whether a line may be written about a notification that was refused.</summary>
    public bool TryLine() => TryEnter(_lines);

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var limiter in (IDisposable[])[_returnsPerOrder, _hintsPerOrder, _startsPerOrder, _returns, _hints, _lookUps, _lines])
            limiter.Dispose();
    }

    private static bool TryEnter(PartitionedRateLimiter<Guid> limiter, Guid orderGuid)
    {
        using var lease = limiter.AttemptAcquire(orderGuid);
        return lease.IsAcquired;
    }

    private static bool TryEnter(FixedWindowRateLimiter limiter)
    {
        using var lease = limiter.AttemptAcquire();
        return lease.IsAcquired;
    }

    // An order's bucket is forgotten when it is full again.
    private static PartitionedRateLimiter<Guid> PerOrder(int burst) => PartitionedRateLimiter.Create<Guid, Guid>(orderGuid =>
        RateLimitPartition.GetTokenBucketLimiter(orderGuid, _ => new TokenBucketRateLimiterOptions
        {
            TokenLimit = burst,
            TokensPerPeriod = 1,
            ReplenishmentPeriod = TimeSpan.FromSeconds(10),
            QueueLimit = 0
        }));

    private static FixedWindowRateLimiter InAll(int permits, TimeSpan window) => new(new FixedWindowRateLimiterOptions
    {
        PermitLimit = permits,
        Window = window,
        QueueLimit = 0
    });
}
