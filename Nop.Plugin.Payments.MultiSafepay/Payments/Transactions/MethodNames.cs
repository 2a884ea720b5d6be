using System.Collections.Frozen;

namespace Nop.Plugin.Payments.MultiSafepay.Payments.Transactions;

/// <summary>
/// The names of MultiSafepay's payment methods, for what is said of a payment of which MultiSafepay's answer contains only the code (docs.multisafepay.com, payment methods; PHP SDK 5.21.0).
/// They are the names of brands, which are the same in every language, and MultiSafepay's own English names of the rest.
/// </summary>
public static class MethodNames
{
    private static readonly FrozenDictionary<string, string> _names = new Dictionary<string, string>
    {
        ["CREDITCARD"] = "Card",
        ["VISA"] = "Visa",
        ["MASTERCARD"] = "Mastercard",
        ["MAESTRO"] = "Maestro",
        ["AMEX"] = "American Express",
        ["CARTEBANCAIRE"] = "Cartes Bancaires",
        ["DANKORT"] = "Dankort",
        ["DINERS"] = "Diners Club",
        ["DISCOVER"] = "Discover",
        ["JCB"] = "JCB",
        ["CUP"] = "UnionPay",
        ["VPAY"] = "V PAY",
        ["POSTEPAY"] = "Postepay",
        ["APPLEPAY"] = "Apple Pay",
        ["GOOGLEPAY"] = "Google Pay",
        ["IDEAL"] = "iDEAL",
        ["IDEALQR"] = "iDEAL QR",
        ["MISTERCASH"] = "Bancontact",
        ["MYBANK"] = "MyBank",
        ["BANKTRANS"] = "Bank transfer",
        ["DIRDEB"] = "SEPA Direct Debit",
        ["BELFIUS"] = "Belfius",
        ["CBC"] = "CBC",
        ["KBC"] = "KBC",
        ["EPS"] = "EPS",
        ["TRUSTLY"] = "Trustly",
        ["TRUSTPAY"] = "TrustPay",
        ["MULTIBANCO"] = "Multibanco",
        ["MBWAY"] = "MB WAY",
        ["BIZUM"] = "Bizum",
        ["PAYPAL"] = "PayPal",
        ["ALIPAY"] = "Alipay",
        ["ALIPAYPLUS"] = "Alipay+",
        ["AMAZONBTN"] = "Amazon Pay",
        ["WECHAT"] = "WeChat Pay",
        ["PSAFECARD"] = "Paysafecard",
        ["KLARNA"] = "Klarna",
        ["AFTERPAY"] = "Riverty",
        ["PAYAFTER"] = "Pay After Delivery",
        ["PAYAFTB2B"] = "Pay After Delivery",
        ["EINVOICE"] = "E-Invoicing",
        ["IN3"] = "in3",
        ["IN3B2B"] = "in3",
        ["BILLINK"] = "Billink",
        ["SANTANDER"] = "Betaal per Maand",
        ["ZINIA"] = "Zinia",
        ["ZINIA_IN3"] = "Zinia",
        ["DIRECTBANK"] = "Sofort",
        ["DOTPAY"] = "Dotpay",
        ["GIROPAY"] = "Giropay",
        ["DBRTP"] = "Request to Pay",
        ["BNPL_INSTM"] = "Pay After Delivery",
        ["BNPL_INST"] = "Pay After Delivery",
        ["BNPL_OB"] = "Pay After Delivery",
        ["BNPL_MF"] = "Pay After Delivery",
        ["COUPON"] = "Gift card",
        ["EDENCOM"] = "Edenred",
        ["MONIGIFT"] = "Monizze",
        ["SODESPORTS"] = "Sodexo",
        ["VVVGIFTCRD"] = "VVV Cadeaukaart",
        ["FASHIONCHQ"] = "Fashion Cheque"
    }.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);

    /// <summary>The name of the method with this code of MultiSafepay; the code itself if it is not known.</summary>
    /// <param name="code">MultiSafepay's code, such as <c>IDEAL</c>.</param>
    public static string Of(string code) => _names.GetValueOrDefault(code, code);
}
