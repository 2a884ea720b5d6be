using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Mvc.Rendering;
using Nop.Web.Framework.Mvc.ModelBinding;

namespace Nop.Plugin.Payments.MultiSafepay.Configuration;

// The MultiSafepay account. The API keys travel one way: they are entered here and never rendered back.
public partial record ConfigurationModel
{
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

    /// <summary>The same in the owner's words.</summary>
    public string TestApiKeyState { get; set; } = string.Empty;

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

    /// <summary>The same in the owner's words.</summary>
    public string LiveApiKeyState { get; set; } = string.Empty;

    /// <summary>Whether to remove the live key.</summary>
    [NopResourceDisplayName("Plugins.Payments.MultiSafepay.Fields.RemoveLiveApiKey")]
    public bool RemoveLiveApiKey { get; set; }
}
