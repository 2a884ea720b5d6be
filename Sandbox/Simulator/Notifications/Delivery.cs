namespace Sandbox.Simulator.Notifications;

/// <summary>One notification and every attempt to bring it to the shop.</summary>
public sealed class Delivery
{
    private readonly List<DeliveryAttempt> _attempts = [];

    public required string OrderId { get; init; }

    public required int SiteId { get; init; }

    /// <summary>What the notification is signed with.</summary>
    public required string ApiKey { get; init; }

    /// <summary>The status the body speaks of.</summary>
    public required string Status { get; init; }

    public required string FinancialStatus { get; init; }

    public long? TransactionId { get; init; }

    public required string Method { get; init; }

    /// <summary>The notification_url without the query that MultiSafepay adds; null: the order and its site have none.</summary>
    public string? Url { get; init; }

    /// <summary>The order as it was when the notification was made. Resends carry the same bytes under a new timestamp.</summary>
    public required ReadOnlyMemory<byte> Body { get; init; }

    /// <summary>A session without a transaction, marked so in the query.</summary>
    public bool IsPretransaction { get; init; }

    public NotificationTwist Twist { get; init; } = NotificationTwist.None;

    public required DateTimeOffset Created { get; init; }

    public DeliveryState State { get; private set; }

    /// <summary>Why nothing was sent.</summary>
    public string? Note { get; private set; }

    /// <summary>When it is sent again, if it is.</summary>
    public DateTimeOffset NextAttempt { get; private set; }

    /// <summary>Whoever reads these and then <see cref="State"/> sees a state at least as new as the attempts.</summary>
    public IReadOnlyList<DeliveryAttempt> Attempts
    {
        get
        {
            lock (_attempts)
                return [.. _attempts];
        }
    }

    public void Record(IEnumerable<DeliveryAttempt> attempts, DeliveryState state, DateTimeOffset nextAttempt)
    {
        lock (_attempts)
        {
            NextAttempt = nextAttempt;
            State = state;
            _attempts.AddRange(attempts);
        }
    }

    /// <summary>Ends it without another attempt.</summary>
    public void End(DeliveryState state, string? note = null)
    {
        lock (_attempts)
            (State, Note) = (state, note);
    }
}

/// <summary>How a notification departs from the rules, to see what the shop makes of it.</summary>
public sealed record NotificationTwist
{
    public static readonly NotificationTwist None = new();

    /// <summary>Signed with a key that is not the site's.</summary>
    public bool WrongKey { get; init; }

    /// <summary>The body is changed after it was signed.</summary>
    public bool AlteredBody { get; init; }

    /// <summary>Sent without a signature.</summary>
    public bool NoSignature { get; init; }

    /// <summary>Signed this long ago.</summary>
    public TimeSpan Age { get; init; }

    /// <summary>Sent this much later than it happened.</summary>
    public TimeSpan Delay { get; init; }

    /// <summary>Never sent.</summary>
    public bool IsLost { get; init; }

    /// <summary>How many copies leave at the same moment.</summary>
    public int Copies { get; init; } = 1;

    public bool IsForged => WrongKey || AlteredBody || NoSignature || Age > TimeSpan.Zero;
}

public enum DeliveryState
{
    Pending,
    Acknowledged,
    WaitingToResend,
    GivenUp,
    NotSent,
}

/// <summary>One HTTP call to the shop. <see cref="Answer"/> holds the first 100 characters; a status of 0 means that there was no answer.</summary>
public sealed record DeliveryAttempt(int Number, DateTimeOffset At, long Timestamp, int StatusCode, string Answer, TimeSpan Duration, bool Acknowledged);
