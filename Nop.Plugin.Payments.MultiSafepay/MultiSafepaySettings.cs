using Nop.Core.Configuration;
using Nop.Plugin.Payments.MultiSafepay.Api;
using Nop.Plugin.Payments.MultiSafepay.Payments.Orders;
using Nop.Plugin.Payments.MultiSafepay.Payments.Stores;

namespace Nop.Plugin.Payments.MultiSafepay;

/// <summary>
/// The owner's settings, per store. Outside of the checkout pages, always load them for the order's store (<see cref="Payments.Stores.StoreSettings"/>),
/// because an injected instance belongs to the store of the current request's host.
/// </summary>
public class MultiSafepaySettings : ISettings
{
    /// <summary>Whether new payments go to MultiSafepay's test or live environment.</summary>
    public MultiSafepayEnvironment Environment { get; set; }

    /// <summary>The API key of the test environment, encrypted with nopCommerce's encryption service.</summary>
    public string? TestApiKey { get; set; }

    /// <summary>The API key of the live environment, encrypted with nopCommerce's encryption service.</summary>
    public string? LiveApiKey { get; set; }

    /// <summary>The base of the notification URL for a shop behind a tunnel or proxy; empty for the store's own URL.</summary>
    public string? NotificationBaseUrl { get; set; }

    /// <summary>Whether customers of the store can pay with MultiSafepay. nopCommerce itself can only turn a payment method on or off for all stores.</summary>
    public bool Enabled { get; set; } = true;

    /// <summary>Whether customers choose the payment method on MultiSafepay's payment page instead of in the shop.</summary>
    public bool HostedPageOnly { get; set; }

    /// <summary>Whether the card brands are offered as one method.</summary>
    public bool GroupCards { get; set; } = true;

    /// <summary>Whether methods that are added to the account later are offered automatically.</summary>
    public bool NewMethodsEnabled { get; set; } = true;

    /// <summary>The owner's <see cref="Checkout.Methods.MethodRules"/> as text; at most 6,000 characters.</summary>
    public string? Methods { get; set; }

    /// <summary>The additional fee of methods without a fee of their own, in the primary store currency or in percent.</summary>
    public decimal AdditionalFee { get; set; }

    /// <summary>Whether <see cref="AdditionalFee"/> is a percentage of the order total.</summary>
    public bool AdditionalFeePercentage { get; set; }

    /// <summary>Whether orders are charged in the customer's currency or in the primary store currency.</summary>
    public ChargeCurrency ChargeCurrency { get; set; }

    /// <summary>Whether the cart is sent to MultiSafepay. For pay-later methods it is always sent.</summary>
    public bool SendCart { get; set; } = true;

    /// <summary>The description on the payment page and the bank statement, with tokens of <see cref="TextTemplate"/>; empty for the recommended one.</summary>
    public string? DescriptionTemplate { get; set; }

    /// <summary>The order id at MultiSafepay, with tokens of <see cref="TextTemplate"/>; empty for the order number.</summary>
    public string? OrderIdTemplate { get; set; }

    /// <summary>The lifetime of a payment link, in <see cref="LinkLifetimeUnit"/>.</summary>
    public int LinkLifetime { get; set; } = PaymentLinkLifetime.Default.Value;

    /// <summary>The unit of <see cref="LinkLifetime"/>.</summary>
    public LifetimeUnit LinkLifetimeUnit { get; set; } = PaymentLinkLifetime.Default.Unit;

    /// <summary>Whether MultiSafepay may remind customers of an unfinished payment by e-mail. The owner must have the customers' consent.</summary>
    public bool SecondChance { get; set; }

    /// <summary>
    /// Whether a customer who chooses bank transfer stays in the shop, and reads account, amount and reference on the order's page. Otherwise MultiSafepay's page shows them, and the customer
    /// has to confirm there. MultiSafepay e-mails them as well (docs.multisafepay.com, Payment components, Redirect bank transfer payments). An order of type direct needs no page (API reference,
    /// Create Bank transfer order).
    /// </summary>
    public bool BankTransferInShop { get; set; }

    /// <summary>
    /// Whether registered customers can save a card and pay with it again. MultiSafepay must have activated it for the account (docs.multisafepay.com, Recurring payments); methods without it do not
    /// offer it.
    /// </summary>
    public bool SaveCards { get; set; }

    /// <summary>
    /// Whether nopCommerce's recurring products can be bought: the plugin then makes the later payments by itself. MultiSafepay must have activated it for the account (docs.multisafepay.com,
    /// Recurring payments); methods without it are not offered for such products.
    /// </summary>
    public bool Subscriptions { get; set; }

    /// <summary>When a failed payment of a subscription is tried again, as text of <see cref="SubscriptionRetries"/>.</summary>
    public string? SubscriptionRetryDays { get; set; } = SubscriptionRetries.Default;

    /// <summary>What happens to a subscription whose payment has failed for the last time.</summary>
    public SubscriptionFailurePolicy SubscriptionFailure { get; set; }

    /// <summary>The number of days before the next payment of a subscription at which the customer is told of it; 0 for never.</summary>
    public int SubscriptionNoticeDays { get; set; } = 3;

    /// <summary>The id of the MultiSafepay account's template for the payment page; empty for the account's default.</summary>
    public string? TemplateId { get; set; }

    /// <summary>The address attributes with the house number: names or ids, separated by commas; empty to split it from the street.</summary>
    public string? HouseNumberAttribute { get; set; }

    /// <summary>The owner's <see cref="StatusMapping"/> as text; empty for the recommended one.</summary>
    public string? StatusMapping { get; set; }

    /// <summary>What happens if a cancelled order is paid.</summary>
    public CancelledThenPaidPolicy CancelledThenPaid { get; set; }

    /// <summary>Whether payments with Visa are only authorised and captured by the owner.</summary>
    public bool ManualCaptureVisa { get; set; }

    /// <summary>Whether payments with Mastercard are only authorised and captured by the owner.</summary>
    public bool ManualCaptureMastercard { get; set; }

    /// <summary>Whether payments with Maestro are only authorised and captured by the owner.</summary>
    public bool ManualCaptureMaestro { get; set; }

    /// <summary>Whether an authorised order is captured with its first shipment.</summary>
    public bool CaptureOnShipment { get; set; }

    /// <summary>The number of days before an authorisation expires at which the owner is warned.</summary>
    public int AuthorizationWarningDays { get; set; } = 2;

    /// <summary>The orders whose shipment is reported to MultiSafepay.</summary>
    public ShipmentMode ShipmentMode { get; set; }

    /// <summary>Whether a shipment of a part of the items is reported too, for methods that MultiSafepay ships in parts. MultiSafepay must have activated it for the account.</summary>
    public bool PartialShipments { get; set; }

    /// <summary>Whether requests and notifications are written to the log, without secrets and personal data.</summary>
    public bool DebugLog { get; set; }
}
