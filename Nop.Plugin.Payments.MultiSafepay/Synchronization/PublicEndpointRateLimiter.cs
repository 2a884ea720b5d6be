using System.Threading.RateLimiting;

namespace Nop.Plugin.Payments.MultiSafepay.Synchronization;

/// <summary>
/// Limits what the public pages make the shop do. Anybody can reload a return page, call the webhook by GET or press "Retry payment" in a loop; without limits,
/// that would turn the shop into a tool for attacking MultiSafepay's API, and would fill its log. Each endpoint has limits of its own, so that flooding one does not block
/// another. Memory is used only for the orders of the last seconds.
/// </summary>
public sealed class PublicEndpointRateLimiter : IDisposable
{
    /// <summary>The number of times that MultiSafepay is asked about one order in a burst, for each endpoint; after that, once every ten seconds.</summary>
    public const int BurstPerOrder = 5;

    /// <summary>The number of times that one order's payment is started in a burst; after that, once every ten seconds.</summary>
    public const int StartsPerOrder = 20;

    /// <summary>The number of times per second that MultiSafepay is asked because customers return.</summary>
    public const int ReturnsPerSecond = 20;

    /// <summary>The number of times per second that MultiSafepay is asked because of unsigned hints, which may come from anybody.</summary>
    public const int HintsPerSecond = 5;

    /// <summary>The number of unsigned hints per second that are looked up in the database by the orders' ids.</summary>
    public const int LookUpsPerSecond = 20;

    /// <summary>
    /// The number of custom order numbers per second that are looked up because of unsigned hints. nopCommerce has no index on them, so the database reads all orders for each.
    /// </summary>
    public const int NumberLookUpsPerSecond = 10;

    /// <summary>The number of rejected notifications per minute that are written to the debug log.</summary>
    public const int LinesPerMinute = 30;

    private readonly PartitionedRateLimiter<Guid> _returnsPerOrder = PerOrder(BurstPerOrder);
    private readonly PartitionedRateLimiter<Guid> _hintsPerOrder = PerOrder(BurstPerOrder);
    private readonly PartitionedRateLimiter<Guid> _startsPerOrder = PerOrder(StartsPerOrder);
    private readonly FixedWindowRateLimiter _returns = InAll(ReturnsPerSecond, TimeSpan.FromSeconds(1));
    private readonly FixedWindowRateLimiter _hints = InAll(HintsPerSecond, TimeSpan.FromSeconds(1));
    private readonly FixedWindowRateLimiter _lookUps = InAll(LookUpsPerSecond, TimeSpan.FromSeconds(1));
    private readonly FixedWindowRateLimiter _numberLookUps = InAll(NumberLookUpsPerSecond, TimeSpan.FromSeconds(1));
    private readonly FixedWindowRateLimiter _lines = InAll(LinesPerMinute, TimeSpan.FromMinutes(1));

    /// <summary>Whether MultiSafepay may be asked because the order's customer has returned.</summary>
    public bool TryReturn(Guid orderGuid) => TryEnter(_returnsPerOrder, orderGuid) && TryEnter(_returns);

    /// <summary>Whether MultiSafepay may be asked because of an unsigned hint about the order.</summary>
    public bool TryHint(Guid orderGuid) => TryEnter(_hintsPerOrder, orderGuid) && TryEnter(_hints);

    /// <summary>Whether the order of an unsigned hint may be looked up.</summary>
    public bool TryLookUp() => TryEnter(_lookUps);

    /// <summary>Whether a custom order number may be looked up because of an unsigned hint.</summary>
    public bool TryLookUpNumber() => TryEnter(_numberLookUps);

    /// <summary>Whether the customer may start the order's payment.</summary>
    public bool TryStart(Guid orderGuid) => TryEnter(_startsPerOrder, orderGuid);

    /// <summary>Whether a rejected notification may be written to the debug log.</summary>
    public bool TryLine() => TryEnter(_lines);

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var limiter in (IDisposable[])[_returnsPerOrder, _hintsPerOrder, _startsPerOrder, _returns, _hints, _lookUps, _numberLookUps, _lines])
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

    // The bucket of an order is removed when it is full again.
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
