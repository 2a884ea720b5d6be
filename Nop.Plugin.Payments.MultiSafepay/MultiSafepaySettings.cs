using Nop.Core.Configuration;
using Nop.Plugin.Payments.MultiSafepay.Api;
using Nop.Plugin.Payments.MultiSafepay.Synchronization;

namespace Nop.Plugin.Payments.MultiSafepay;

/// <summary>
/// What the owner of the shop has chosen, per store. Outside the checkout pages always load them by the order's store
/// (<see cref="Configuration.StoreSettings"/>): the injected instance belongs to the store of the current request's host.
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

    /// <summary>The owner's <see cref="StatusMapping"/> as text; empty: the recommended one.</summary>
    public string? StatusMapping { get; set; }

    /// <summary>What happens when a cancelled order is paid after all.</summary>
    public CancelledThenPaidPolicy CancelledThenPaid { get; set; }

    /// <summary>Whether requests and notifications are written to the log, without secrets and personal data.</summary>
    public bool DebugLog { get; set; }
}
