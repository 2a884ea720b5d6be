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

    /// <summary>The currency that is charged, as the number of <see cref="Checkout.ChargeCurrency"/>.</summary>
    [NopResourceDisplayName("Plugins.Payments.MultiSafepay.Fields.ChargeCurrencyId")]
    public int ChargeCurrencyId { get; set; }

    /// <inheritdoc cref="EnvironmentId_OverrideForStore"/>
    public bool ChargeCurrencyId_OverrideForStore { get; set; }

    /// <summary>What the charged currency can be.</summary>
    public IList<SelectListItem> AvailableChargeCurrencies { get; set; } = [];

    /// <summary>Whether the cart is sent.</summary>
    [NopResourceDisplayName("Plugins.Payments.MultiSafepay.Fields.SendCart")]
    public bool SendCart { get; set; }

    /// <inheritdoc cref="EnvironmentId_OverrideForStore"/>
    public bool SendCart_OverrideForStore { get; set; }

    /// <summary>The description of a payment, with tokens.</summary>
    [NopResourceDisplayName("Plugins.Payments.MultiSafepay.Fields.DescriptionTemplate")]
    public string? DescriptionTemplate { get; set; }

    /// <inheritdoc cref="EnvironmentId_OverrideForStore"/>
    public bool DescriptionTemplate_OverrideForStore { get; set; }

    /// <summary>The order id at MultiSafepay, with tokens.</summary>
    [NopResourceDisplayName("Plugins.Payments.MultiSafepay.Fields.OrderIdTemplate")]
    public string? OrderIdTemplate { get; set; }

    /// <inheritdoc cref="EnvironmentId_OverrideForStore"/>
    public bool OrderIdTemplate_OverrideForStore { get; set; }

    /// <summary>How long a payment link lives.</summary>
    [NopResourceDisplayName("Plugins.Payments.MultiSafepay.Fields.LinkLifetime")]
    public int LinkLifetime { get; set; }

    /// <inheritdoc cref="EnvironmentId_OverrideForStore"/>
    public bool LinkLifetime_OverrideForStore { get; set; }

    /// <summary>The unit of it, as the number of <see cref="Checkout.LifetimeUnit"/>.</summary>
    [NopResourceDisplayName("Plugins.Payments.MultiSafepay.Fields.LinkLifetimeUnitId")]
    public int LinkLifetimeUnitId { get; set; }

    /// <inheritdoc cref="EnvironmentId_OverrideForStore"/>
    public bool LinkLifetimeUnitId_OverrideForStore { get; set; }

    /// <summary>What the unit can be.</summary>
    public IList<SelectListItem> AvailableLinkLifetimeUnits { get; set; } = [];

    /// <summary>Whether MultiSafepay reminds customers of an unfinished payment.</summary>
    [NopResourceDisplayName("Plugins.Payments.MultiSafepay.Fields.SecondChance")]
    public bool SecondChance { get; set; }

    /// <inheritdoc cref="EnvironmentId_OverrideForStore"/>
    public bool SecondChance_OverrideForStore { get; set; }

    /// <summary>The template that styles the payment page.</summary>
    [NopResourceDisplayName("Plugins.Payments.MultiSafepay.Fields.TemplateId")]
    public string? TemplateId { get; set; }

    /// <inheritdoc cref="EnvironmentId_OverrideForStore"/>
    public bool TemplateId_OverrideForStore { get; set; }

    /// <summary>The address attributes that hold the house number.</summary>
    [NopResourceDisplayName("Plugins.Payments.MultiSafepay.Fields.HouseNumberAttribute")]
    public string? HouseNumberAttribute { get; set; }

    /// <inheritdoc cref="EnvironmentId_OverrideForStore"/>
    public bool HouseNumberAttribute_OverrideForStore { get; set; }

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
