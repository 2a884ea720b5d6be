using System.Text.Json.Nodes;

namespace Sandbox.Simulator.State;

/// <summary>What one POST orders asked for: a link that a customer may open, each opening starting a transaction under the same order id.</summary>
public sealed class PaymentSession
{
    /// <summary>A link serves this many openings.</summary>
    public const int MaxOpenings = 20;

    public required string Id { get; init; }

    /// <summary>The request as it came, echoed in the order's customer, cart and variables.</summary>
    public required JsonObject Request { get; init; }

    /// <summary>The language of the payment page, such as nl_NL; null: none was asked for.</summary>
    public string? Locale => Request["customer"] is JsonObject customer && customer["locale"] is JsonValue locale && locale.TryGetValue<string>(out var text) ? text : null;

    public required string Type { get; init; }

    /// <summary>Absent: the payment page offers every method. Of a payment with stored details that of the details.</summary>
    public string? GatewayId { get; set; }

    /// <summary>What the details are stored for, or what stored ones are used for.</summary>
    public string? RecurringModel { get; init; }

    /// <summary>The stored details to pay with.</summary>
    public string? RecurringId { get; init; }

    /// <summary>What the shop calls its customer; stored details are found by it.</summary>
    public string? Reference { get; init; }

    /// <summary>The stored details that <see cref="RecurringId"/> names.</summary>
    public StoredToken? Token { get; set; }

    public required long Amount { get; init; }

    public required string Currency { get; init; }

    public required string Description { get; init; }

    public bool ManualCapture { get; init; }

    public string? NotificationUrl { get; init; }

    public string NotificationMethod { get; init; } = "POST";

    public string? RedirectUrl { get; init; }

    public string? CancelUrl { get; init; }

    public required DateTimeOffset Created { get; init; }

    public required DateTimeOffset ExpiresAt { get; init; }

    public int Openings { get; set; }

    /// <summary>Set when the session ended without a transaction: cancelled (the customer left, or the shop cancelled it) or expired.</summary>
    public string? ClosedAs { get; set; }

    /// <summary>The session of an order that follows from this one and has no page of its own: a capture, or a shipped part. Its request is a copy.</summary>
    public PaymentSession Following(string gatewayId, long amount, DateTimeOffset now) => new()
    {
        Id = Ledger.NewSessionId(),
        Request = (JsonObject)Request.DeepClone(),
        Type = Type,
        GatewayId = gatewayId,
        Amount = amount,
        Currency = Currency,
        Description = Description,
        NotificationUrl = NotificationUrl,
        NotificationMethod = NotificationMethod,
        RedirectUrl = RedirectUrl,
        CancelUrl = CancelUrl,
        Created = now,
        ExpiresAt = now,
        ClosedAs = Status.Completed,
    };
}
