using Microsoft.AspNetCore.Mvc.Rendering;
using Nop.Plugin.Payments.MultiSafepay.Payments.Stores;
using Nop.Web.Framework.Mvc.ModelBinding;

namespace Nop.Plugin.Payments.MultiSafepay.Configuration;

// The data that is sent with an order.
public partial record ConfigurationModel
{
    /// <summary>The currency that is charged, as the value of <see cref="ChargeCurrency"/>.</summary>
    [NopResourceDisplayName("Plugins.Payments.MultiSafepay.Fields.ChargeCurrencyId")]
    public int ChargeCurrencyId { get; set; }

    /// <inheritdoc cref="EnvironmentId_OverrideForStore"/>
    public bool ChargeCurrencyId_OverrideForStore { get; set; }

    /// <summary>The currencies to choose from.</summary>
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

    /// <summary>The lifetime of a payment link, in <see cref="LinkLifetimeUnitId"/>.</summary>
    [NopResourceDisplayName("Plugins.Payments.MultiSafepay.Fields.LinkLifetime")]
    public int LinkLifetime { get; set; }

    /// <inheritdoc cref="EnvironmentId_OverrideForStore"/>
    public bool LinkLifetime_OverrideForStore { get; set; }

    /// <summary>The unit of <see cref="LinkLifetime"/>, as the value of <see cref="LifetimeUnit"/>.</summary>
    [NopResourceDisplayName("Plugins.Payments.MultiSafepay.Fields.LinkLifetimeUnitId")]
    public int LinkLifetimeUnitId { get; set; }

    /// <inheritdoc cref="EnvironmentId_OverrideForStore"/>
    public bool LinkLifetimeUnitId_OverrideForStore { get; set; }

    /// <summary>The units to choose from.</summary>
    public IList<SelectListItem> AvailableLinkLifetimeUnits { get; set; } = [];

    /// <summary>Whether MultiSafepay reminds customers of an unfinished payment.</summary>
    [NopResourceDisplayName("Plugins.Payments.MultiSafepay.Fields.SecondChance")]
    public bool SecondChance { get; set; }

    /// <inheritdoc cref="EnvironmentId_OverrideForStore"/>
    public bool SecondChance_OverrideForStore { get; set; }

    /// <summary>Whether bank transfers are started in the shop.</summary>
    [NopResourceDisplayName("Plugins.Payments.MultiSafepay.Fields.BankTransferInShop")]
    public bool BankTransferInShop { get; set; }

    /// <inheritdoc cref="EnvironmentId_OverrideForStore"/>
    public bool BankTransferInShop_OverrideForStore { get; set; }

    /// <summary>The id of the payment page template.</summary>
    [NopResourceDisplayName("Plugins.Payments.MultiSafepay.Fields.TemplateId")]
    public string? TemplateId { get; set; }

    /// <inheritdoc cref="EnvironmentId_OverrideForStore"/>
    public bool TemplateId_OverrideForStore { get; set; }

    /// <summary>The address attributes that contain the house number.</summary>
    [NopResourceDisplayName("Plugins.Payments.MultiSafepay.Fields.HouseNumberAttribute")]
    public string? HouseNumberAttribute { get; set; }

    /// <inheritdoc cref="EnvironmentId_OverrideForStore"/>
    public bool HouseNumberAttribute_OverrideForStore { get; set; }
}
