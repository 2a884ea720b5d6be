using Nop.Core.Configuration;
using Nop.Plugin.Payments.MultiSafepay.Api;
using Nop.Plugin.Payments.MultiSafepay.Payments.Orders;
using Nop.Plugin.Payments.MultiSafepay.Payments.Stores;

namespace Nop.Plugin.Payments.MultiSafepay;

/// <summary>
/// What the owner of the shop has chosen, per store. Outside the checkout pages always load them by the order's store
/// (<see cref="Payments.Stores.StoreSettings"/>): the injected instance belongs to the store of the current request's host.
/// </summary>
public class MultiSafepaySettings : ISettings
{
    /// <summary>Whether new payments go to MultiSafepay's test or live environment.</summary>
    public MultiSafepayEnvironment Environment { get; set; }

    /// <summary>The API key of the test environment, encrypted with nopCommerce's encryption service.</summary>
    public string? TestApiKey { get; set; }

    /// <summary>The API key of the live environment, encrypted with nopCommerce's encryption service.</summary>
    public string? LiveApiKey { get; set; }

    /// <summary>Replaces the store's URL in the notification URL, for a shop behind a tunnel or proxy. Empty: the store's own URL.</summary>
    public string? NotificationBaseUrl { get; set; }

    /// <summary>Whether customers of the store can pay with MultiSafepay. nopCommerce itself turns payment methods on for all stores only.</summary>
    public bool Enabled { get; set; } = true;

    /// <summary>Whether customers choose on MultiSafepay's payment page, not in the shop.</summary>
    public bool HostedPageOnly { get; set; }

    /// <summary>Whether the card brands are offered as one method.</summary>
    public bool GroupCards { get; set; } = true;

    /// <summary>Whether methods that the account gets later are offered at once.</summary>
    public bool NewMethodsEnabled { get; set; } = true;

    /// <summary>The owner's <see cref="Checkout.Methods.MethodRules"/> as text.</summary>
    public string? Methods { get; set; }

    /// <summary>The additional fee of methods that have none of their own, in the primary store currency or in percent.</summary>
    public decimal AdditionalFee { get; set; }

    /// <summary>Whether <see cref="AdditionalFee"/> is a percentage of the order total.</summary>
    public bool AdditionalFeePercentage { get; set; }

    /// <summary>Whether orders are charged in the currency that the customer saw or in the primary one.</summary>
    public ChargeCurrency ChargeCurrency { get; set; }

    /// <summary>Whether MultiSafepay is told what was bought. Pay-later methods are, whatever is chosen here.</summary>
    public bool SendCart { get; set; } = true;

    /// <summary>What the customer reads on the payment page and the bank statement, with tokens of <see cref="TextTemplate"/>. Empty: the recommended one.</summary>
    public string? DescriptionTemplate { get; set; }

    /// <summary>The order id at MultiSafepay, with tokens of <see cref="TextTemplate"/>. Empty: the order's number.</summary>
    public string? OrderIdTemplate { get; set; }

    /// <summary>How long a payment link lives, in <see cref="LinkLifetimeUnit"/>.</summary>
    public int LinkLifetime { get; set; } = PaymentLinkLifetime.Default.Value;

    /// <summary>The unit of <see cref="LinkLifetime"/>.</summary>
    public LifetimeUnit LinkLifetimeUnit { get; set; } = PaymentLinkLifetime.Default.Unit;

    /// <summary>Whether MultiSafepay may remind customers of an unfinished payment by e-mail. The customers' consent is the owner's to have.</summary>
    public bool SecondChance { get; set; }

    /// <summary>The template of the MultiSafepay account that styles the payment page. Empty: the account's own choice.</summary>
    public string? TemplateId { get; set; }

    /// <summary>The address attributes that hold the house number: names or ids, separated by commas. Empty: it is taken from the street.</summary>
    public string? HouseNumberAttribute { get; set; }

    /// <summary>The owner's <see cref="StatusMapping"/> as text; empty: the recommended one.</summary>
    public string? StatusMapping { get; set; }

    /// <summary>What happens when a cancelled order is paid after all.</summary>
    public CancelledThenPaidPolicy CancelledThenPaid { get; set; }

    /// <summary>Whether payments with Visa are only authorised, for the owner to capture.</summary>
    public bool ManualCaptureVisa { get; set; }

    /// <summary>Whether payments with Mastercard are only authorised, for the owner to capture.</summary>
    public bool ManualCaptureMastercard { get; set; }

    /// <summary>Whether payments with Maestro are only authorised, for the owner to capture.</summary>
    public bool ManualCaptureMaestro { get; set; }

    /// <summary>Whether an authorised order is captured with its first shipment.</summary>
    public bool CaptureOnShipment { get; set; }

    /// <summary>How many days before an authorisation runs out the owner is warned.</summary>
    public int AuthorizationWarningDays { get; set; } = 2;

    /// <summary>For which orders MultiSafepay is told of the shipment.</summary>
    public ShipmentMode ShipmentMode { get; set; }

    /// <summary>Whether requests and notifications are written to the log, without secrets and personal data.</summary>
    public bool DebugLog { get; set; }
}
