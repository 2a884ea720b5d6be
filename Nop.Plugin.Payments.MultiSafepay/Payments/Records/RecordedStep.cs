namespace Nop.Plugin.Payments.MultiSafepay.Payments.Records;

/// <summary>Something that the shop did to a payment and that the owner reads in the order panel. What an attempt, a refund or a shipped part records is not repeated here.</summary>
/// <param name="Kind">What was done: one of <see cref="Kinds"/>, or a word of another version of the plugin, which is not shown.</param>
/// <param name="AtUtc">When, in UTC.</param>
public sealed record RecordedStep(string Kind, DateTime AtUtc)
{
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

    /// <summary>The words that <see cref="Kind"/> can be. Shops have them in their databases; they are also the ends of the texts' keys.</summary>
    public static IReadOnlyList<string> Kinds { get; } = [LinkSent, CalledOff, CaptureRequested, VoidRequested, RefundWithdrawn, Extended, ShipmentReported];
}
