using Nop.Web.Framework.Mvc.ModelBinding;

namespace Nop.Plugin.Payments.MultiSafepay.Configuration;

// How MultiSafepay reaches the shop, and what is logged of it.
public partial record ConfigurationModel
{
    /// <summary>Replaces the store's URL in the notification URL.</summary>
    [NopResourceDisplayName("Plugins.Payments.MultiSafepay.Fields.NotificationBaseUrl")]
    public string? NotificationBaseUrl { get; set; }

    /// <inheritdoc cref="EnvironmentId_OverrideForStore"/>
    public bool NotificationBaseUrl_OverrideForStore { get; set; }

    /// <summary>Whether requests and notifications are logged.</summary>
    [NopResourceDisplayName("Plugins.Payments.MultiSafepay.Fields.DebugLog")]
    public bool DebugLog { get; set; }

    /// <inheritdoc cref="EnvironmentId_OverrideForStore"/>
    public bool DebugLog_OverrideForStore { get; set; }

    /// <summary>The notification URL of each store in the scope, with what MultiSafepay would refuse in it.</summary>
    public IReadOnlyList<NotificationUrlModel> NotificationUrls { get; set; } = [];
}

/// <summary>A store's notification URL.</summary>
/// <param name="StoreId">The store.</param>
/// <param name="Store">The store's name.</param>
/// <param name="Url">The URL.</param>
/// <param name="Problems">What MultiSafepay would refuse, in the owner's language; empty when nothing.</param>
public sealed record NotificationUrlModel(int StoreId, string Store, string Url, IReadOnlyList<string> Problems);
