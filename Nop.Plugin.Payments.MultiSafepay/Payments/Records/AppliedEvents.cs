using System.Globalization;

namespace Nop.Plugin.Payments.MultiSafepay.Payments.Records;

/// <summary>
/// The names of applied events in a <see cref="PaymentRecord"/> that more than one class uses; names that only the decision uses are defined there.
/// Shops have these names in their databases: if a name is changed, the event is applied again.
/// </summary>
public static class AppliedEvents
{
    /// <summary>Prefix: a payment was applied. Followed by MultiSafepay's transaction id.</summary>
    public const string PaidPrefix = "paid:";

    /// <summary>Prefix: an authorisation was applied. Followed by MultiSafepay's transaction id.</summary>
    public const string AuthorizedPrefix = "authorized:";

    /// <summary>Prefix: the bank has taken a payment back, and the owner was notified or it was booked. Followed by MultiSafepay's transaction id.</summary>
    public const string ChargebackPrefix = "chargeback:";

    /// <summary>Prefix: a shipment was reported to MultiSafepay. Followed by a hash of its parcels.</summary>
    public const string ShippedPrefix = "shipped:";

    /// <summary>
    /// Prefix: a shipment was not reported to MultiSafepay, because that was not wanted or the payment's state does not allow it, or MultiSafepay rejected the report.
    /// Followed by a hash of its parcels.
    /// </summary>
    public const string ShipmentSkippedPrefix = "shipment-skipped:";

    /// <summary>Prefix: only part of an authorisation was captured, and nothing more is held on the card. Followed by the transaction id and the captured amount in minor units.</summary>
    public const string CapturedOnlyPrefix = "captured-only:";

    /// <summary>Prefix: the owner was notified that money is still held for a cancelled order. Followed by the attempt's order id.</summary>
    public const string StillHeldPrefix = "still-held:";

    /// <summary>The invoice number was reported to MultiSafepay, or will never be.</summary>
    public const string InvoiceSent = "invoice-sent";

    /// <summary>The customer has put the items of the order back into the cart.</summary>
    public const string CartRestored = "cart-restored";

    /// <summary>The transaction paid the order.</summary>
    public static string Paid(string? transactionId) => PaidPrefix + transactionId;

    /// <summary>The transaction holds, or held, the money for the order.</summary>
    public static string Authorized(string? transactionId) => AuthorizedPrefix + transactionId;

    /// <summary>The authorisation ended and the payment was voided.</summary>
    public static string Voided(string? transactionId) => $"voided:{transactionId}";

    /// <summary>The payment could not be applied to its order, and the owner was notified.</summary>
    public static string NotPayable(string transactionId) => $"not-payable:{transactionId}";

    /// <summary>MultiSafepay is about to be asked to refund the payment of a cancelled order. Saved before the call.</summary>
    public static string GiveBackRequested(string transactionId) => $"give-back:{transactionId}";

    /// <summary>The payment of a cancelled order was refunded.</summary>
    public static string GivenBack(string transactionId) => $"given-back:{transactionId}";

    /// <summary>The owner was notified that the payment link was created with an API key that the shop does not have.</summary>
    public static string OtherKey(string orderId) => $"other-key:{orderId}";

    /// <summary>The owner was warned that an authorisation is about to expire.</summary>
    /// <param name="endUtc">When it expires, in UTC.</param>
    public static string AuthorizationEnds(DateTime endUtc) => string.Create(CultureInfo.InvariantCulture, $"authorization-ends:{endUtc:yyyyMMddHHmm}");

    /// <summary>The order note about a failure was written, so that it is not repeated.</summary>
    public static string Noted(string failure) => $"noted:{failure}";
}
