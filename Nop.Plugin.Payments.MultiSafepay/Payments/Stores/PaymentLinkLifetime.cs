namespace Nop.Plugin.Payments.MultiSafepay.Payments.Stores;

/// <summary>The lifetime of a payment link, unless MultiSafepay ends it earlier.</summary>
/// <param name="Value">The number of units.</param>
/// <param name="Unit">The unit.</param>
public readonly record struct PaymentLinkLifetime(int Value, LifetimeUnit Unit)
{
    /// <summary>MultiSafepay's default.</summary>
    public static PaymentLinkLifetime Default { get; } = new(30, LifetimeUnit.Days);

    /// <summary>The minimum; a shorter lifetime would leave the customer too little time to pay.</summary>
    public static TimeSpan Shortest { get; } = TimeSpan.FromMinutes(5);

    /// <summary>The minimum with reminders: MultiSafepay sends the last one after 24 hours, and the customer needs time to act on it.</summary>
    public static TimeSpan ShortestWithReminders { get; } = TimeSpan.FromHours(48);

    /// <summary>The maximum that MultiSafepay accepts.</summary>
    public static TimeSpan Longest { get; } = TimeSpan.FromDays(365);

    /// <summary>The lifetime that the owner has set, or <see cref="Default"/> if that is not valid.</summary>
    public static PaymentLinkLifetime From(MultiSafepaySettings settings)
    {
        var chosen = new PaymentLinkLifetime(settings.LinkLifetime, settings.LinkLifetimeUnit);
        return chosen.IsValid ? chosen : Default;
    }

    /// <summary>Whether the lifetime is between <see cref="Shortest"/> and <see cref="Longest"/>, in a known unit.</summary>
    public bool IsValid => Enum.IsDefined(Unit) && Value > 0 && Value <= Longest.TotalMinutes && Duration >= Shortest && Duration <= Longest;

    /// <summary>The lifetime as a time span.</summary>
    public TimeSpan Duration => Unit switch
    {
        LifetimeUnit.Minutes => TimeSpan.FromMinutes(Value),
        LifetimeUnit.Hours => TimeSpan.FromHours(Value),
        _ => TimeSpan.FromDays(Value)
    };

    /// <summary>The value of <c>days_active</c>; null if the unit is not days.</summary>
    public int? Days => Unit == LifetimeUnit.Days ? Value : null;

    /// <summary>The value of <c>seconds_active</c>; null if the unit is days.</summary>
    public int? Seconds => Unit == LifetimeUnit.Days ? null : (int)Duration.TotalSeconds;
}
