using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Mvc.Rendering;
using Nop.Web.Framework.Models;
using Nop.Web.Framework.Mvc.ModelBinding;

namespace Nop.Plugin.Payments.MultiSafepay.Configuration;

/// <summary>The configuration page. The API keys travel one way: they are entered here and never rendered back.</summary>
public record ConfigurationModel : BaseNopModel, ISettingsModel
{
    /// <inheritdoc/>
    public int ActiveStoreScopeConfiguration { get; set; }

    /// <summary>Test or live, as the number of <see cref="Api.MultiSafepayEnvironment"/>.</summary>
    [NopResourceDisplayName("Plugins.Payments.MultiSafepay.Fields.Environment")]
    public int EnvironmentId { get; set; }

    /// <summary>Whether the store of the scope has its own value.</summary>
    public bool EnvironmentId_OverrideForStore { get; set; }

    /// <summary>What the environment can be.</summary>
    public IList<SelectListItem> AvailableEnvironments { get; set; } = [];

    /// <summary>A new test key; empty keeps the one that is set.</summary>
    [DataType(DataType.Password)]
    [NopResourceDisplayName("Plugins.Payments.MultiSafepay.Fields.TestApiKey")]
    public string? TestApiKey { get; set; }

    /// <inheritdoc cref="EnvironmentId_OverrideForStore"/>
    public bool TestApiKey_OverrideForStore { get; set; }

    /// <summary>Whether a test key is set.</summary>
    public bool HasTestApiKey { get; set; }

    /// <summary>Whether to remove the test key.</summary>
    [NopResourceDisplayName("Plugins.Payments.MultiSafepay.Fields.RemoveTestApiKey")]
    public bool RemoveTestApiKey { get; set; }

    /// <summary>A new live key; empty keeps the one that is set.</summary>
    [DataType(DataType.Password)]
    [NopResourceDisplayName("Plugins.Payments.MultiSafepay.Fields.LiveApiKey")]
    public string? LiveApiKey { get; set; }

    /// <inheritdoc cref="EnvironmentId_OverrideForStore"/>
    public bool LiveApiKey_OverrideForStore { get; set; }

    /// <summary>Whether a live key is set.</summary>
    public bool HasLiveApiKey { get; set; }

    /// <summary>Whether to remove the live key.</summary>
    [NopResourceDisplayName("Plugins.Payments.MultiSafepay.Fields.RemoveLiveApiKey")]
    public bool RemoveLiveApiKey { get; set; }

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
/// <param name="Store">The store's name.</param>
/// <param name="Url">The URL.</param>
/// <param name="Problems">What MultiSafepay would refuse, in the owner's language; empty when nothing.</param>
public sealed record NotificationUrlModel(string Store, string Url, IReadOnlyList<string> Problems);
