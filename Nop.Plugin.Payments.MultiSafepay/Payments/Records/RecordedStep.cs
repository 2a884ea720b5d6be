namespace Nop.Plugin.Payments.MultiSafepay.Payments.Records;

/// <summary>
/// Something that the shop did to a payment, or that MultiSafepay shows only until something else happens to it, for the owner to read in the order panel. What an attempt, a refund or a
/// shipped part records is not repeated here.
/// </summary>
/// <param name="Kind">What was done: one of <see cref="Kinds"/> or <see cref="States"/>, or a word of another version of the plugin, which is not shown.</param>
/// <param name="AtUtc">When, in UTC.</param>
public sealed record RecordedStep(string Kind, DateTime AtUtc)
{
    /// <summary>The order id at MultiSafepay of the attempt that one of <see cref="States"/> is about; null for what the shop did.</summary>
    public string? OrderId { get; init; }

    /// <summary>The payment link was e-mailed to the customer.</summary>
    public const string LinkSent = nameof(LinkSent);

    /// <summary>The open payment was cancelled from the order page.</summary>
    public const string CalledOff = nameof(CalledOff);

    /// <summary>The capture of an authorisation was requested.</summary>
    public const string CaptureRequested = nameof(CaptureRequested);

    /// <summary>The release of an authorisation was requested.</summary>
    public const string VoidRequested = nameof(VoidRequested);

    /// <summary>A waiting refund was withdrawn.</summary>
    public const string RefundWithdrawn = nameof(RefundWithdrawn);

    /// <summary>An authorisation was extended.</summary>
    public const string Extended = nameof(Extended);

    /// <summary>MultiSafepay was told of the shipment of the whole order.</summary>
    public const string ShipmentReported = nameof(ShipmentReported);

    /// <summary>A payment was declined; the customer may have tried again since.</summary>
    public const string Declined = nameof(Declined);

    /// <summary>MultiSafepay showed the payment as shipped; a refund or a chargeback hides that.</summary>
    public const string Shipped = nameof(Shipped);

    /// <summary>The words that <see cref="Kind"/> can be for what the shop did. Shops have them in their databases; they are also the ends of the texts' keys.</summary>
    public static IReadOnlyList<string> Kinds { get; } = [LinkSent, CalledOff, CaptureRequested, VoidRequested, RefundWithdrawn, Extended, ShipmentReported];

    /// <summary>The words that <see cref="Kind"/> can be for what MultiSafepay showed. Shops have them in their databases; they are also the ends of the keys of the panel's states.</summary>
    public static IReadOnlyList<string> States { get; } = [Declined, Shipped];
}
