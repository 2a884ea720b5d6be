namespace Nop.Plugin.Payments.MultiSafepay.Payments.Records;

/// <summary>
/// A part of a pay-later payment that was reported to MultiSafepay as shipped. It is recorded before it is sent, because the request contains no id of the shop: if the answer is lost, it is
/// not known whether MultiSafepay has taken it, and it is never sent again.
/// </summary>
/// <param name="Amount">The amount in minor units of the charged currency.</param>
/// <param name="SentUtc">When it was sent, or first seen at MultiSafepay, in UTC.</param>
public sealed record ShipmentPart(long Amount, DateTime SentUtc)
{
    /// <summary>MultiSafepay's order id of the part, which is where it is refunded; null while it is not known.</summary>
    public string? OrderId { get; init; }
}
