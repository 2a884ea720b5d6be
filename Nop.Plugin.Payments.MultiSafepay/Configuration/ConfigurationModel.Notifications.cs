using Nop.Web.Framework.Mvc.ModelBinding;

namespace Nop.Plugin.Payments.MultiSafepay.Configuration;

// Notifications and logging.
public partial record ConfigurationModel
{
    /// <summary>The base of the notification URL, in place of the store's URL.</summary>
    [NopResourceDisplayName("Plugins.Payments.MultiSafepay.Fields.NotificationBaseUrl")]
    public string? NotificationBaseUrl { get; set; }

    /// <inheritdoc cref="EnvironmentId_OverrideForStore"/>
    public bool NotificationBaseUrl_OverrideForStore { get; set; }

    /// <summary>Whether requests and notifications are logged.</summary>
    [NopResourceDisplayName("Plugins.Payments.MultiSafepay.Fields.DebugLog")]
    public bool DebugLog { get; set; }

    /// <inheritdoc cref="EnvironmentId_OverrideForStore"/>
    public bool DebugLog_OverrideForStore { get; set; }

    /// <summary>The notification URL of each store in the scope, with its problems.</summary>
    public IReadOnlyList<NotificationUrlModel> NotificationUrls { get; set; } = [];
}

/// <summary>A store's notification URL.</summary>
/// <param name="StoreId">The id of the store.</param>
/// <param name="Store">The name of the store.</param>
/// <param name="Url">The URL.</param>
/// <param name="Problems">The reasons why MultiSafepay would not accept the URL, in the owner's language; empty for none.</param>
public sealed record NotificationUrlModel(int StoreId, string Store, string Url, IReadOnlyList<string> Problems);
