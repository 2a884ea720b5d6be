using Microsoft.AspNetCore.Mvc.Rendering;
using Nop.Web.Framework.Mvc.ModelBinding;

namespace Nop.Plugin.Payments.MultiSafepay.Configuration;

/// <content>The payment methods at the checkout.</content>
public partial record ConfigurationModel
{
    /// <summary>Whether customers of the store can pay with MultiSafepay.</summary>
    [NopResourceDisplayName("Plugins.Payments.MultiSafepay.Fields.Enabled")]
    public bool Enabled { get; set; }

    /// <inheritdoc cref="EnvironmentId_OverrideForStore"/>
    public bool Enabled_OverrideForStore { get; set; }

    /// <summary>Whether customers choose on MultiSafepay's payment page.</summary>
    [NopResourceDisplayName("Plugins.Payments.MultiSafepay.Fields.HostedPageOnly")]
    public bool HostedPageOnly { get; set; }

    /// <inheritdoc cref="EnvironmentId_OverrideForStore"/>
    public bool HostedPageOnly_OverrideForStore { get; set; }

    /// <summary>Whether the card brands are one method.</summary>
    [NopResourceDisplayName("Plugins.Payments.MultiSafepay.Fields.GroupCards")]
    public bool GroupCards { get; set; }

    /// <inheritdoc cref="EnvironmentId_OverrideForStore"/>
    public bool GroupCards_OverrideForStore { get; set; }

    /// <summary>Whether methods that the account gets later are offered at once.</summary>
    [NopResourceDisplayName("Plugins.Payments.MultiSafepay.Fields.NewMethodsEnabled")]
    public bool NewMethodsEnabled { get; set; }

    /// <inheritdoc cref="EnvironmentId_OverrideForStore"/>
    public bool NewMethodsEnabled_OverrideForStore { get; set; }

    /// <summary>The fee of methods that have none of their own.</summary>
    [NopResourceDisplayName("Plugins.Payments.MultiSafepay.Fields.AdditionalFee")]
    public decimal AdditionalFee { get; set; }

    /// <inheritdoc cref="EnvironmentId_OverrideForStore"/>
    public bool AdditionalFee_OverrideForStore { get; set; }

    /// <summary>Whether that fee is a percentage.</summary>
    [NopResourceDisplayName("Plugins.Payments.MultiSafepay.Fields.AdditionalFeePercentage")]
    public bool AdditionalFeePercentage { get; set; }

    /// <inheritdoc cref="EnvironmentId_OverrideForStore"/>
    public bool AdditionalFeePercentage_OverrideForStore { get; set; }

    /// <summary>The account's methods with the owner's rules, and methods that the account no longer has.</summary>
    [NopResourceDisplayName("Plugins.Payments.MultiSafepay.Fields.Methods")]
    public List<MethodRowModel> Methods { get; set; } = [];

    /// <inheritdoc cref="EnvironmentId_OverrideForStore"/>
    public bool Methods_OverrideForStore { get; set; }

    /// <summary>When the methods were read, in UTC; null when they are not known.</summary>
    public DateTime? MethodsReadUtc { get; set; }

    /// <summary>The shop's languages, for titles.</summary>
    public IReadOnlyList<SelectListItem> Languages { get; set; } = [];

    /// <summary>The customer roles to choose from.</summary>
    public IReadOnlyList<SelectListItem> AvailableRoles { get; set; } = [];

    /// <summary>The question of an owner who misses a method, with the answer.</summary>
    public MethodCheckModel MethodCheck { get; set; } = new();
}

/// <summary>A payment method on the configuration page. Numbers are text with a point, whatever the language of the page.</summary>
public sealed record MethodRowModel
{
    /// <summary>The gateway.</summary>
    public string Gateway { get; set; } = string.Empty;

    /// <summary>MultiSafepay's name for it.</summary>
    public string? Name { get; set; }

    /// <summary>Whether customers are offered it.</summary>
    public bool Enabled { get; set; }

    /// <summary>Its place in the list.</summary>
    public int Order { get; set; }

    /// <summary>The owner's own names.</summary>
    public List<MethodTitleModel> Titles { get; set; } = [];

    /// <summary>The least order total in the primary store currency, or empty.</summary>
    public string? Min { get; set; }

    /// <summary>The highest order total in the primary store currency, or empty.</summary>
    public string? Max { get; set; }

    /// <summary>Two-letter country codes, or empty.</summary>
    public string? Countries { get; set; }

    /// <summary>The customer roles of which a customer needs one; none selected for all customers.</summary>
    public List<MethodRoleModel> Roles { get; set; } = [];

    /// <summary>The method's own fee, or empty.</summary>
    public string? Fee { get; set; }

    /// <summary>Whether that fee is a percentage.</summary>
    public bool FeeIsPercentage { get; set; }

    /// <summary>Whether the owner gives up the row of a method that the account no longer has.</summary>
    public bool Remove { get; set; }

    /// <summary>The address of the logo, or null.</summary>
    public string? IconUrl { get; set; }

    /// <summary>MultiSafepay's own limits, as one line.</summary>
    public string? Limits { get; set; }

    /// <summary>Whether the account no longer has it.</summary>
    public bool IsVanished { get; set; }

    /// <summary>Whether the owner has not decided about it yet.</summary>
    public bool IsNew { get; set; }
}

/// <summary>A customer role, and whether a method is for it.</summary>
public sealed record MethodRoleModel
{
    /// <summary>The role.</summary>
    public int Id { get; set; }

    /// <summary>Whether the method is for it.</summary>
    public bool IsSelected { get; set; }
}

/// <summary>The owner's own name for a method in a language.</summary>
public sealed record MethodTitleModel
{
    /// <summary>The language.</summary>
    public int LanguageId { get; set; }

    /// <summary>The name, or empty for MultiSafepay's.</summary>
    public string? Text { get; set; }
}

/// <summary>"Why do customers not see it?": a cart, and what would be offered for it.</summary>
public sealed record MethodCheckModel
{
    /// <summary>The order total, as text with a point.</summary>
    public string? Amount { get; set; }

    /// <summary>The currency of it, ISO 4217.</summary>
    public string? Currency { get; set; }

    /// <summary>The billing country, ISO 3166-1 alpha-2; empty when it does not matter.</summary>
    public string? Country { get; set; }

    /// <summary>The currencies to choose from.</summary>
    public IReadOnlyList<SelectListItem> Currencies { get; set; } = [];

    /// <summary>The countries to choose from.</summary>
    public IReadOnlyList<SelectListItem> Countries { get; set; } = [];

    /// <summary>Why nothing can be paid, in the owner's language; null when something can.</summary>
    public string? Problem { get; set; }

    /// <summary>Whether there is an answer.</summary>
    public bool IsAnswered { get; set; }

    /// <summary>The names of what is offered; empty when the customer chooses on the payment page.</summary>
    public IReadOnlyList<string> Offered { get; set; } = [];

    /// <summary>What is not offered, with the reasons in the owner's language.</summary>
    public IReadOnlyList<(string Name, IReadOnlyList<string> Reasons)> Refused { get; set; } = [];
}
