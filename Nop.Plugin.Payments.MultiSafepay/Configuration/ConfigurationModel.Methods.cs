using Microsoft.AspNetCore.Mvc.Rendering;
using Nop.Web.Framework.Mvc.ModelBinding;

namespace Nop.Plugin.Payments.MultiSafepay.Configuration;

/// <content>The payment methods in the checkout.</content>
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

    /// <summary>Whether the card brands are offered as one method.</summary>
    [NopResourceDisplayName("Plugins.Payments.MultiSafepay.Fields.GroupCards")]
    public bool GroupCards { get; set; }

    /// <inheritdoc cref="EnvironmentId_OverrideForStore"/>
    public bool GroupCards_OverrideForStore { get; set; }

    /// <summary>Whether methods that are added to the account later are offered automatically.</summary>
    [NopResourceDisplayName("Plugins.Payments.MultiSafepay.Fields.NewMethodsEnabled")]
    public bool NewMethodsEnabled { get; set; }

    /// <inheritdoc cref="EnvironmentId_OverrideForStore"/>
    public bool NewMethodsEnabled_OverrideForStore { get; set; }

    /// <summary>Whether customers can save cards.</summary>
    [NopResourceDisplayName("Plugins.Payments.MultiSafepay.Fields.SaveCards")]
    public bool SaveCards { get; set; }

    /// <inheritdoc cref="EnvironmentId_OverrideForStore"/>
    public bool SaveCards_OverrideForStore { get; set; }

    /// <summary>Whether the account's methods are known and none of them can save a card.</summary>
    public bool IsCardSavingNotActivated { get; set; }

    /// <summary>Whether nopCommerce's recurring products can be bought.</summary>
    [NopResourceDisplayName("Plugins.Payments.MultiSafepay.Fields.Subscriptions")]
    public bool Subscriptions { get; set; }

    /// <inheritdoc cref="EnvironmentId_OverrideForStore"/>
    public bool Subscriptions_OverrideForStore { get; set; }

    /// <summary>Whether the account's methods are known and none of them can pay for a subscription.</summary>
    public bool IsSubscribingNotActivated { get; set; }

    /// <summary>When a failed payment of a subscription is tried again, as text of <see cref="Payments.Stores.SubscriptionRetries"/>; empty for never.</summary>
    [NopResourceDisplayName("Plugins.Payments.MultiSafepay.Fields.SubscriptionRetryDays")]
    public string? SubscriptionRetryDays { get; set; }

    /// <inheritdoc cref="EnvironmentId_OverrideForStore"/>
    public bool SubscriptionRetryDays_OverrideForStore { get; set; }

    /// <summary>What happens to a subscription after the last failure, as the value of <see cref="Payments.Stores.SubscriptionFailurePolicy"/>.</summary>
    [NopResourceDisplayName("Plugins.Payments.MultiSafepay.Fields.SubscriptionFailureId")]
    public int SubscriptionFailureId { get; set; }

    /// <inheritdoc cref="EnvironmentId_OverrideForStore"/>
    public bool SubscriptionFailureId_OverrideForStore { get; set; }

    /// <summary>The policies to choose from.</summary>
    public IList<SelectListItem> AvailableSubscriptionFailures { get; set; } = [];

    /// <summary>The number of days before the next payment of a subscription at which the customer is told of it; 0 for never.</summary>
    [NopResourceDisplayName("Plugins.Payments.MultiSafepay.Fields.SubscriptionNoticeDays")]
    public int SubscriptionNoticeDays { get; set; }

    /// <inheritdoc cref="EnvironmentId_OverrideForStore"/>
    public bool SubscriptionNoticeDays_OverrideForStore { get; set; }

    /// <summary>The additional fee of methods without a fee of their own.</summary>
    [NopResourceDisplayName("Plugins.Payments.MultiSafepay.Fields.AdditionalFee")]
    public decimal AdditionalFee { get; set; }

    /// <inheritdoc cref="EnvironmentId_OverrideForStore"/>
    public bool AdditionalFee_OverrideForStore { get; set; }

    /// <summary>Whether <see cref="AdditionalFee"/> is a percentage of the order total.</summary>
    [NopResourceDisplayName("Plugins.Payments.MultiSafepay.Fields.AdditionalFeePercentage")]
    public bool AdditionalFeePercentage { get; set; }

    /// <inheritdoc cref="EnvironmentId_OverrideForStore"/>
    public bool AdditionalFeePercentage_OverrideForStore { get; set; }

    /// <summary>The account's methods with the owner's rules, including methods that the account no longer has.</summary>
    [NopResourceDisplayName("Plugins.Payments.MultiSafepay.Fields.Methods")]
    public List<MethodRowModel> Methods { get; set; } = [];

    /// <inheritdoc cref="EnvironmentId_OverrideForStore"/>
    public bool Methods_OverrideForStore { get; set; }

    /// <summary>The time at which the methods were read, in UTC; null if they are not known.</summary>
    public DateTime? MethodsReadUtc { get; set; }

    /// <summary>The shop's languages, for the names of methods.</summary>
    public IReadOnlyList<SelectListItem> Languages { get; set; } = [];

    /// <summary>The customer roles to choose from.</summary>
    public IReadOnlyList<SelectListItem> AvailableRoles { get; set; } = [];

    /// <summary>The shop's product categories, by their ids; at most <see cref="MethodsGroup.MaxCategories"/>.</summary>
    public IReadOnlyList<SelectListItem> AvailableCategories { get; set; } = [];

    /// <summary>The check of why a method is not offered, with its result.</summary>
    public MethodCheckModel MethodCheck { get; set; } = new();
}

/// <summary>A payment method on the configuration page. Numbers are text with a decimal point, regardless of the page's language.</summary>
public sealed record MethodRowModel
{
    /// <summary>The gateway code.</summary>
    public string Gateway { get; set; } = string.Empty;

    /// <summary>MultiSafepay's name of the method.</summary>
    public string? Name { get; set; }

    /// <summary>Whether the method is offered to customers.</summary>
    public bool Enabled { get; set; }

    /// <summary>The position in the list.</summary>
    public int Order { get; set; }

    /// <summary>The owner's own names of the method.</summary>
    public List<MethodTitleModel> Titles { get; set; } = [];

    /// <summary>The minimum order total in the primary store currency; empty for none.</summary>
    public string? Min { get; set; }

    /// <summary>The maximum order total in the primary store currency; empty for none.</summary>
    public string? Max { get; set; }

    /// <summary>The allowed billing countries: ISO 3166-1 alpha-2 codes; empty for all.</summary>
    public string? Countries { get; set; }

    /// <summary>The customer roles, of which a customer must have a selected one; none selected for all customers.</summary>
    public List<MethodRoleModel> Roles { get; set; } = [];

    /// <summary>The ids of the product categories, separated by commas; empty for all products.</summary>
    public string? Categories { get; set; }

    /// <summary>Those of <see cref="Categories"/> that the shop does not have.</summary>
    public IReadOnlyList<string> UnknownCategories { get; set; } = [];

    /// <summary>The names of the allowed shipping methods, separated by semicolons; empty for all.</summary>
    public string? ShippingMethods { get; set; }

    /// <summary>The method's own fee; empty for the general one.</summary>
    public string? Fee { get; set; }

    /// <summary>Whether <see cref="Fee"/> is a percentage of the order total.</summary>
    public bool FeeIsPercentage { get; set; }

    /// <summary>Whether a fee applies to the method although the law in general forbids one (<see cref="Surcharges"/>).</summary>
    public bool IsFeeForbidden { get; set; }

    /// <summary>Whether payments are only authorised and captured by the owner.</summary>
    public bool CaptureByHand { get; set; }

    /// <summary>Whether to offer <see cref="CaptureByHand"/>: the method supports it, and has no setting of its own.</summary>
    public bool SupportsCapture { get; set; }

    /// <summary>Whether manual capture of the method is enabled in the account.</summary>
    public bool IsCaptureEnabled { get; set; }

    /// <summary>Whether to remove the rules of a method that the account no longer has.</summary>
    public bool Remove { get; set; }

    /// <summary>The address of the logo; null for none.</summary>
    public string? IconUrl { get; set; }

    /// <summary>MultiSafepay's own limits, on one line.</summary>
    public string? Limits { get; set; }

    /// <summary>Whether the account no longer has the method.</summary>
    public bool IsVanished { get; set; }

    /// <summary>Whether the owner has not saved a rule for the method yet.</summary>
    public bool IsNew { get; set; }
}

/// <summary>A customer role in the rules of a payment method.</summary>
public sealed record MethodRoleModel
{
    /// <summary>The id of the customer role.</summary>
    public int Id { get; set; }

    /// <summary>Whether the method is offered to customers with this role.</summary>
    public bool IsSelected { get; set; }
}

/// <summary>The owner's own name of a method in a language.</summary>
public sealed record MethodTitleModel
{
    /// <summary>The id of the language.</summary>
    public int LanguageId { get; set; }

    /// <summary>The name; empty for MultiSafepay's name.</summary>
    public string? Text { get; set; }

    /// <summary>The description below the name; empty for none.</summary>
    public string? Description { get; set; }
}

/// <summary>The check "Why do customers not see a payment method?": a cart, and what is offered for it.</summary>
public sealed record MethodCheckModel
{
    /// <summary>The order total, as text with a decimal point.</summary>
    public string? Amount { get; set; }

    /// <summary>The currency of the order total: ISO 4217 code.</summary>
    public string? Currency { get; set; }

    /// <summary>The billing country: ISO 3166-1 alpha-2 code; empty for any country.</summary>
    public string? Country { get; set; }

    /// <summary>The id of a category of which all products are; null for any products.</summary>
    public int? Category { get; set; }

    /// <summary>The name of the chosen shipping method; empty for any.</summary>
    public string? ShippingMethod { get; set; }

    /// <summary>Whether the cart is a subscription.</summary>
    public bool Subscription { get; set; }

    /// <summary>The currencies to choose from.</summary>
    public IReadOnlyList<SelectListItem> Currencies { get; set; } = [];

    /// <summary>The countries to choose from.</summary>
    public IReadOnlyList<SelectListItem> Countries { get; set; } = [];

    /// <summary>The reason why MultiSafepay is not available, in the owner's language; null if it is.</summary>
    public string? Problem { get; set; }

    /// <summary>Whether the check has been made.</summary>
    public bool IsAnswered { get; set; }

    /// <summary>The names of the methods that are offered; empty if the customer chooses on the payment page.</summary>
    public IReadOnlyList<string> Offered { get; set; } = [];

    /// <summary>The methods that are not offered, with the reasons in the owner's language.</summary>
    public IReadOnlyList<(string Name, IReadOnlyList<string> Reasons)> Refused { get; set; } = [];
}
