namespace Nop.Plugin.Payments.MultiSafepay.Payments.Stores;

/// <summary>How long a payment link lives, unless MultiSafepay ends it sooner.</summary>
/// <param name="Value">How many of the unit.</param>
/// <param name="Unit">The unit.</param>
public readonly record struct PaymentLinkLifetime(int Value, LifetimeUnit Unit)
{
    /// <summary>MultiSafepay's own default.</summary>
    public static PaymentLinkLifetime Default { get; } = new(30, LifetimeUnit.Days);

    /// <summary>Below this no customer could pay in time.</summary>
    public static TimeSpan Shortest { get; } = TimeSpan.FromMinutes(5);

    /// <summary>MultiSafepay's last reminder comes after 24 hours; below this a customer could not act on it.</summary>
    public static TimeSpan ShortestWithReminders { get; } = TimeSpan.FromHours(48);

    /// <summary>The most that MultiSafepay accepts.</summary>
    public static TimeSpan Longest { get; } = TimeSpan.FromDays(365);

    /// <summary>What the owner has set, or the default where that cannot work.</summary>
    public static PaymentLinkLifetime From(MultiSafepaySettings settings)
    {
        var chosen = new PaymentLinkLifetime(settings.LinkLifetime, settings.LinkLifetimeUnit);
        return chosen.IsValid ? chosen : Default;
    }

    /// <summary>Whether MultiSafepay accepts it.</summary>
    public bool IsValid => Enum.IsDefined(Unit) && Value > 0 && Value <= Longest.TotalMinutes && Duration >= Shortest && Duration <= Longest;

    /// <summary>The same as a time span.</summary>
    public TimeSpan Duration => Unit switch
    {
        LifetimeUnit.Minutes => TimeSpan.FromMinutes(Value),
        LifetimeUnit.Hours => TimeSpan.FromHours(Value),
        _ => TimeSpan.FromDays(Value)
    };

    /// <summary>For <c>days_active</c>; null when it is no matter of days.</summary>
    public int? Days => Unit == LifetimeUnit.Days ? Value : null;

    /// <summary>For <c>seconds_active</c>; null when it is a matter of days.</summary>
    public int? Seconds => Unit == LifetimeUnit.Days ? null : (int)Duration.TotalSeconds;
}
