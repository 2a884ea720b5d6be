using System.Collections.Frozen;

namespace Nop.Plugin.Payments.MultiSafepay.Payments.Transactions;

/// <summary>
/// The payment methods with which the customer pays after delivery. MultiSafepay refuses them, and their refunds, without a shopping cart, has to know where the goods go, and
/// pays the merchant once the shipment is reported.
/// </summary>
public static class PayLaterMethods
{
    private static readonly FrozenSet<string> _gateways = FrozenSet.Create(
        StringComparer.OrdinalIgnoreCase,
        "AFTERPAY", "EINVOICE", "IN3", "IN3B2B", "KLARNA", "PAYAFTER", "BNPL_INSTM", "BNPL_INST", "BNPL_OB", "BNPL_MF", "SANTANDER", "ZINIA", "ZINIA_IN3", "BILLINK");

    /// <summary>Whether a gateway is one of them.</summary>
    /// <param name="gateway">MultiSafepay's identifier of the method, such as <c>KLARNA</c>; null where it is not known.</param>
    public static bool Contains(string? gateway) => gateway is not null && _gateways.Contains(gateway);
}
