using System.Collections.Frozen;

namespace Nop.Plugin.Payments.MultiSafepay.Payments.Transactions;

/// <summary>
/// The payment methods with which the customer pays after delivery. MultiSafepay rejects them without a shopping cart and needs the delivery address; an accepted payment can
/// still expire or be cancelled until it is shipped (MultiSafepay's tables of statuses).
/// </summary>
public static class PayLaterMethods
{
    private static readonly FrozenSet<string> _gateways = FrozenSet.Create(
        StringComparer.OrdinalIgnoreCase,
        "AFTERPAY", "EINVOICE", "IN3", "IN3B2B", "KLARNA", "PAYAFTER", "BNPL_INSTM", "BNPL_INST", "BNPL_OB", "BNPL_MF", "SANTANDER", "ZINIA", "ZINIA_IN3", "BILLINK");

    /// <summary>Whether a gateway is a pay-later method.</summary>
    /// <param name="gateway">MultiSafepay's code of the method, such as <c>KLARNA</c>; null if it is not known.</param>
    public static bool Contains(string? gateway) => gateway is not null && _gateways.Contains(gateway);
}
