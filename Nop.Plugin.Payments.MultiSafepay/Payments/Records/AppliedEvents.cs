using System.Globalization;

namespace Nop.Plugin.Payments.MultiSafepay.Payments.Records;

/// <summary>
/// The names under which a <see cref="PaymentRecord"/> remembers what was done, where more than one class has to know them. What only the decision itself tells apart, it names
/// itself. Shops have them stored: a name that changes is done again.
/// </summary>
public static class AppliedEvents
{
    /// <summary>A payment was applied: this, and MultiSafepay's transaction id.</summary>
    public const string PaidPrefix = "paid:";

    /// <summary>An authorisation was applied: this, and MultiSafepay's transaction id.</summary>
    public const string AuthorizedPrefix = "authorized:";

    /// <summary>MultiSafepay was told of a shipment: this, and a hash of its parcels.</summary>
    public const string ShippedPrefix = "shipped:";

    /// <summary>MultiSafepay did not need to be told of a shipment, or would not hear of it: this, and a hash of its parcels.</summary>
    public const string ShipmentSkippedPrefix = "shipment-skipped:";

    /// <summary>Only a part of an authorisation was captured, and the card holds no more: this, and the transaction id and amount.</summary>
    public const string CapturedOnlyPrefix = "captured-only:";

    /// <summary>The merchant was told that money is still held for a cancelled order: this, and the attempt's order id.</summary>
    public const string StillHeldPrefix = "still-held:";

    /// <summary>MultiSafepay was told the number of the invoice.</summary>
    public const string InvoiceSent = "invoice-sent";

    /// <summary>The transaction paid the order.</summary>
    public static string Paid(string? transactionId) => PaidPrefix + transactionId;

    /// <summary>The transaction holds the money for the order.</summary>
    public static string Authorized(string? transactionId) => AuthorizedPrefix + transactionId;

    /// <summary>The authorisation ended, and the payment was voided.</summary>
    public static string Voided(string? transactionId) => $"voided:{transactionId}";

    /// <summary>The payment could not be applied to its order, which the merchant was told.</summary>
    public static string NotPayable(string transactionId) => $"not-payable:{transactionId}";

    /// <summary>MultiSafepay is about to be asked to refund the payment of a cancelled order; saved before the call.</summary>
    public static string GiveBackRequested(string transactionId) => $"give-back:{transactionId}";

    /// <summary>The payment of a cancelled order was refunded.</summary>
    public static string GivenBack(string transactionId) => $"given-back:{transactionId}";

    /// <summary>The merchant was told that the payment link was made with an API key that the shop does not have.</summary>
    public static string OtherKey(string orderId) => $"other-key:{orderId}";

    /// <summary>The merchant was warned of the end of an authorisation.</summary>
    /// <param name="endUtc">When it ends, in UTC.</param>
    public static string AuthorizationEnds(DateTime endUtc) => string.Create(CultureInfo.InvariantCulture, $"authorization-ends:{endUtc:yyyyMMddHHmm}");

    /// <summary>A failure was noted once.</summary>
    public static string Noted(string failure) => $"noted:{failure}";
}
