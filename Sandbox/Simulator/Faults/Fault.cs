namespace Sandbox.Simulator.Faults;

/// <summary>What can be made to go wrong. The names on the wire are those of the enum with dashes: drop-answer-after-work.</summary>
public enum FaultKind
{
    /// <summary>The API answers late.</summary>
    Latency,

    /// <summary>The API answers with an HTTP status, with or without an error of MultiSafepay's, and does nothing.</summary>
    Status,

    /// <summary>The API does its work and the connection breaks before the answer.</summary>
    DropAnswerAfterWork,

    /// <summary>The connection breaks before anything is done.</summary>
    DropBeforeWork,

    /// <summary>The API does its work and answers with something that is no JSON.</summary>
    InvalidJson,

    /// <summary>1019: the site is blocked in the account.</summary>
    BlockSite,

    /// <summary>Refunds are reserved: the account's balance does not cover them.</summary>
    InsufficientBalance,

    /// <summary>A notification leaves several times at once.</summary>
    DuplicateNotification,

    /// <summary>A notification leaves late, and later ones overtake it.</summary>
    DelayNotification,

    /// <summary>A notification never reaches the shop, and neither do its repetitions.</summary>
    LoseNotification,
}

/// <summary>One thing to go wrong, where, and how often.</summary>
public sealed record Fault(FaultKind Kind)
{
    /// <summary>Forever, until the faults are cleared.</summary>
    public const int Always = -1;

    /// <summary>null: any HTTP method.</summary>
    public string? Method { get; init; }

    /// <summary>A path below /v1/json/, in which * stands for one segment; null: any.</summary>
    public string? Path { get; init; }

    /// <summary>Only this order's notifications or calls; null: any.</summary>
    public string? OrderId { get; init; }

    public int Times { get; init; } = 1;

    /// <summary>For latency and delay-notification.</summary>
    public int Milliseconds { get; init; }

    /// <summary>For status: the HTTP status.</summary>
    public int StatusCode { get; init; } = 503;

    /// <summary>For status and block-site: the error_code; null gives an answer without MultiSafepay's envelope.</summary>
    public int? ErrorCode { get; init; }

    public string? ErrorInfo { get; init; }

    /// <summary>For duplicate-notification: how many leave.</summary>
    public int Copies { get; init; } = 2;

    public bool Matches(string method, string path)
    {
        if (Method is not null && !string.Equals(Method, method, StringComparison.OrdinalIgnoreCase))
            return false;

        var segments = path.Trim('/').Split('/');
        if (OrderId is not null && (segments.Length < 2 || segments[1] != OrderId))
            return false;
        if (Path is null)
            return true;

        var pattern = Path.Trim('/').Split('/');
        return pattern.Length == segments.Length
            && pattern.Zip(segments).All(pair => pair.First == "*" || string.Equals(pair.First, pair.Second, StringComparison.Ordinal));
    }
}
