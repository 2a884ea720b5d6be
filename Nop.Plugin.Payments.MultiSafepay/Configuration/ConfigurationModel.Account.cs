using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Mvc.Rendering;
using Nop.Web.Framework.Mvc.ModelBinding;

namespace Nop.Plugin.Payments.MultiSafepay.Configuration;

// The MultiSafepay account. API keys are entered here and never rendered again.
public partial record ConfigurationModel
{
    /// <summary>The environment, as the value of <see cref="Api.MultiSafepayEnvironment"/>.</summary>
    [NopResourceDisplayName("Plugins.Payments.MultiSafepay.Fields.Environment")]
    public int EnvironmentId { get; set; }

    /// <summary>Whether the selected store has its own value.</summary>
    public bool EnvironmentId_OverrideForStore { get; set; }

    /// <summary>The environments to choose from.</summary>
    public IList<SelectListItem> AvailableEnvironments { get; set; } = [];

    /// <summary>A new test key; empty to keep the stored one.</summary>
    [DataType(DataType.Password)]
    [NopResourceDisplayName("Plugins.Payments.MultiSafepay.Fields.TestApiKey")]
    public string? TestApiKey { get; set; }

    /// <inheritdoc cref="EnvironmentId_OverrideForStore"/>
    public bool TestApiKey_OverrideForStore { get; set; }

    /// <summary>Whether a test key is set.</summary>
    public bool HasTestApiKey { get; set; }

    /// <summary>A sentence on whether a test key is set, in the owner's language.</summary>
    public string TestApiKeyState { get; set; } = string.Empty;

    /// <summary>Whether there is a key for the test environment that cannot be used.</summary>
    public bool IsTestApiKeyUnusable { get; set; }

    /// <summary>Whether to remove the test key.</summary>
    [NopResourceDisplayName("Plugins.Payments.MultiSafepay.Fields.RemoveTestApiKey")]
    public bool RemoveTestApiKey { get; set; }

    /// <summary>A new live key; empty to keep the stored one.</summary>
    [DataType(DataType.Password)]
    [NopResourceDisplayName("Plugins.Payments.MultiSafepay.Fields.LiveApiKey")]
    public string? LiveApiKey { get; set; }

    /// <inheritdoc cref="EnvironmentId_OverrideForStore"/>
    public bool LiveApiKey_OverrideForStore { get; set; }

    /// <summary>Whether a live key is set.</summary>
    public bool HasLiveApiKey { get; set; }

    /// <summary>A sentence on whether a live key is set, in the owner's language.</summary>
    public string LiveApiKeyState { get; set; } = string.Empty;

    /// <summary>Whether there is a key for the live environment that cannot be used.</summary>
    public bool IsLiveApiKeyUnusable { get; set; }

    /// <summary>Whether to remove the live key.</summary>
    [NopResourceDisplayName("Plugins.Payments.MultiSafepay.Fields.RemoveLiveApiKey")]
    public bool RemoveLiveApiKey { get; set; }
}
