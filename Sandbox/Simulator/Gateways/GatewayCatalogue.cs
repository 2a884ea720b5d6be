using static Sandbox.Simulator.Gateways.GatewayKind;

namespace Sandbox.Simulator.Gateways;

/// <summary>
/// The methods of the simulated sites, with MultiSafepay's lifetimes, limits and refund windows: those of 2026 (PHP SDK 5.21.0; the plugins for Magento 3.19, Shopware 4.3 and WooCommerce 6.12),
/// those that have ended, and one that is invented.
/// </summary>
public static class GatewayCatalogue
{
    private static readonly TimeSpan _hour = TimeSpan.FromHours(1);
    private static readonly string[] _euro = ["EUR"];
    private static readonly decimal[] _billinkRates = [0m, 0.05m, 0.06m, 0.07m, 0.09m, 0.16m, 0.19m, 0.20m, 0.21m];

    public static IReadOnlyList<Gateway> All { get; } =
    [
        Card("CREDITCARD", "Credit and debit cards") with { DutchName = "Creditcard of betaalpas", IsGroup = true, AuthorizationLifetime = Days(7) },
        Card("VISA", "Visa") with { AuthorizationLifetime = Days(7) },
        Card("MASTERCARD", "Mastercard") with { AuthorizationLifetime = Days(30) },
        Card("MAESTRO", "Maestro") with { AuthorizationLifetime = Days(30) },
        Card("AMEX", "American Express"),
        Bank("IDEAL", "iDEAL | Wero", _hour, "NL"),
        Bank("MISTERCASH", "Bancontact", _hour, "BE") with { RefundWindow = Days(180) },
        Bank("MYBANK", "MyBank", _hour, "IT"),
        Bank("BANKTRANS", "Bank transfer", Days(60)) with { DutchName = "Overboeking" },
        Bank("DIRDEB", "SEPA Direct Debit", null) with { DutchName = "SEPA-incasso", BegunIsFinal = true },
        Bank("BELFIUS", "Belfius", Days(5), "BE"),
        Bank("CBC", "CBC", Days(5), "BE"),
        Bank("KBC", "KBC", Days(5), "BE"),
        Bank("EPS", "EPS", null, "AT"),
        Bank("TRUSTLY", "Trustly", 2 * _hour) with { RefundWindow = Days(365), RequiredCustomerData = ["first_name", "last_name", "email", "country"] },
        Bank("TRUSTPAY", "TrustPay", Days(10), "CZ", "SK"),

        // Refunded in the dashboard only, to an IBAN that the customer gives (docs.multisafepay.com, Multibanco and MB WAY).
        Bank("MULTIBANCO", "Multibanco", 72 * _hour, "PT") with { BegunIsFinal = true, RefundWindow = null, MinAmount = 100, MaxAmount = 9_999_999 },
        Bank("MBWAY", "MB WAY", TimeSpan.FromMinutes(4), "PT") with { BegunIsFinal = true, RefundWindow = null, MinAmount = 100, MaxAmount = 9_999_999, RequiredCustomerData = ["phone"] },
        Bank("BIZUM", "Bizum", TimeSpan.FromMinutes(30), "ES") with { BegunIsFinal = true, MinAmount = 50, MaxAmount = 100_000, RefundsOnce = true, RequiredCustomerData = ["phone"] },
        Wallet("PAYPAL", "PayPal", Days(14), Days(60)),
        Wallet("APPLEPAY", "Apple Pay", _hour, Days(180)) with { AuthorizationLifetime = Days(7), HoldsCard = true },
        Wallet("GOOGLEPAY", "Google Pay", _hour, Days(180)) with { AuthorizationLifetime = Days(7), HoldsCard = true },
        Wallet("ALIPAYPLUS", "Alipay+", 2 * _hour, Days(365)) with { Currencies = ["EUR", "USD"] },
        Wallet("AMAZONBTN", "Amazon Pay", Days(1), Days(730)) with
        {
            Countries = ["AT", "BE", "CH", "CY", "DE", "DK", "ES", "FR", "HU", "IE", "IT", "LU", "NL", "PT", "SE"],
            RequiredCustomerData = ["first_name", "last_name", "address1", "house_number", "zip_code", "city", "country", "phone"],
        },
        Wallet("WECHAT", "WeChat Pay", 2 * _hour, Days(365)),
        Wallet("PSAFECARD", "Paysafecard", 3 * _hour, null),
        Later("KLARNA", "Klarna", Days(1), "AT", "BE", "DE", "DK", "ES", "FI", "FR", "GB", "IT", "NL", "NO", "SE") with
        {
            Currencies = ["DKK", "EUR", "GBP", "NOK", "SEK"],
        },
        Later("AFTERPAY", "Riverty", Days(90), "BE", "DE", "NL") with { CancellableWhenAccepted = true },
        Later("PAYAFTER", "Pay After Delivery", Days(90), "BE", "NL") with { DutchName = "Betaal na Ontvangst", CancellableWhenAccepted = true },
        Later("EINVOICE", "E-Invoicing", null, "BE", "DE", "NL") with { DutchName = "E-factuur", RequiredCustomerData = ["birthday", "bank_account", "phone", "email"] },
        Later("IN3", "in3", 2 * _hour, "NL") with { MinAmount = 10000, MaxAmount = 300000, RequiredCustomerData = ["birthday", "gender", "phone"] },
        Later("IN3B2B", "in3 business", 2 * _hour, "NL") with { DutchName = "in3 zakelijk", MinAmount = 10000 },
        Later("BNPL_INSTM", "Pay in instalments (MF)", Days(1), "NL") with { DutchName = "Betaal in termijnen (MF)" },
        Later("BNPL_INST", "Pay in instalments", Days(1), "NL") with { DutchName = "Betaal in termijnen" },
        Later("BNPL_OB", "Pay later by open banking", Days(1), "NL") with { DutchName = "Achteraf betalen via uw bank" },
        Later("BNPL_MF", "Pay after delivery (MF)", Days(1), "NL") with { DutchName = "Betaal na ontvangst (MF)", CancellableWhenAccepted = true },
        Later("BILLINK", "Billink", Days(1), "BE", "NL") with { TaxRates = _billinkRates },
        new("VVVGIFTCRD", "VVV Cadeaukaart", GiftCard) { Currencies = _euro, Countries = ["NL"] },
        new("FASHIONCHQ", "Fashion Cheque", GiftCard) { Currencies = _euro, Countries = ["BE", "NL"] },
        new("EDENCOM", "Edenred Compliments", GiftCard) { Currencies = _euro, Countries = ["BE"] },
        new("MONIGIFT", "Monizze gift voucher", GiftCard) { DutchName = "Monizze-cadeaucheque", Currencies = _euro, Countries = ["BE"] },
        new("SODESPORTS", "Sodexo Sport and Culture", GiftCard) { DutchName = "Sodexo Sport & Cultuur", Currencies = _euro, Countries = ["BE"] },

        // What has ended (removed from the plugins): switched on, it is as it was, for orders of that time.
        .. Inactive(
            Bank("DIRECTBANK", "Sofort", Days(1), "AT", "BE", "CH", "DE", "ES", "IT", "NL", "PL"),
            Bank("DOTPAY", "Dotpay", Days(1), "PL") with { Currencies = ["EUR", "PLN"] },
            Bank("GIROPAY", "Giropay", _hour, "DE"),
            Bank("DBRTP", "Request to Pay", _hour, "DE") with { MinAmount = 100, MaxAmount = 1_500_000 },
            Wallet("ALIPAY", "Alipay", 2 * _hour, Days(365)),
            Later("SANTANDER", "Betaal per Maand", Days(1), "NL") with { MinAmount = 25000, MaxAmount = 800000 },
            Later("ZINIA", "Zinia", Days(1), "DE", "ES", "NL"),
            Later("ZINIA_IN3", "Zinia in 3", Days(1), "NL")),

        // MultiSafepay announces Wero as a method of its own and has published no gateway id for it; this one is invented, and behaves as iDEAL.
        .. Inactive(Bank("WERO", "Wero", _hour, "BE", "DE", "FR")),
    ];

    public static Gateway? Find(string? id) => All.FirstOrDefault(gateway => string.Equals(gateway.Id, id, StringComparison.OrdinalIgnoreCase));

    public static Gateway Get(string id) => Find(id) ?? throw new ArgumentException($"No gateway {id}.", nameof(id));

    private static IEnumerable<Gateway> Inactive(params Gateway[] gateways) => gateways.Select(gateway => gateway with { IsActive = false });

    private static TimeSpan Days(int days) => TimeSpan.FromDays(days);

    private static Gateway Card(string id, string name) => new(id, name, GatewayKind.Card) { Lifetime = _hour, RefundWindow = Days(180) };

    private static Gateway Bank(string id, string name, TimeSpan? lifetime, params string[] countries) =>
        new(id, name, Banking) { Currencies = _euro, Countries = countries, Lifetime = lifetime, RefundWindow = Days(730) };

    private static Gateway Wallet(string id, string name, TimeSpan lifetime, TimeSpan? refundWindow) =>
        new(id, name, GatewayKind.Wallet) { Lifetime = lifetime, RefundWindow = refundWindow };

    private static Gateway Later(string id, string name, TimeSpan? lifetime, params string[] countries) =>
        new(id, name, PayLater) { Currencies = _euro, Countries = countries, Lifetime = lifetime, RefundWindow = Days(730), CartRequired = true };
}
