using System.Globalization;

namespace Sandbox.Simulator.State;

/// <summary>Payment details that an account keeps under the reference that a shop has for its customer. Guarded by <see cref="Ledger.Gate"/>.</summary>
public sealed class StoredToken
{
    /// <summary>What the shop sends as recurring_id.</summary>
    public required string Id { get; init; }

    public required int AccountId { get; init; }

    /// <summary>The test account and the live account are two, though the simulator's sites may give both the same number.</summary>
    public required SiteEnvironment Environment { get; init; }

    public required string Reference { get; init; }

    public required string GatewayId { get; init; }

    /// <summary>What it was stored for: a recurring model.</summary>
    public required string Model { get; init; }

    public required string Display { get; init; }

    /// <summary>Four digits; null of a bank account.</summary>
    public string? Last4 { get; init; }

    /// <summary>YYMM; null of a bank account.</summary>
    public string? ExpiryDate { get; set; }

    public required DateTimeOffset Created { get; init; }

    /// <summary>A card is good until the end of its month.</summary>
    public bool HasExpired(DateTimeOffset now) => ExpiryDate is { } month && string.CompareOrdinal(month, Month(now)) < 0;

    /// <summary>As if the card had expired last month.</summary>
    public void Expire(DateTimeOffset now) => ExpiryDate = Month(now.AddMonths(-1));

    private static string Month(DateTimeOffset at) => at.ToString("yyMM", CultureInfo.InvariantCulture);
}
