using Nop.Core;

namespace Nop.Plugin.Payments.MultiSafepay.SavedCards;

/// <summary>
/// A row of the plugin's table: the name under which MultiSafepay stores the cards of a customer in one environment (OpenAPI description, Customer: reference). MultiSafepay's tokens belong to the
/// account and not to the site, so the name is random: two shops of one account must not find each other's cards. It opens nothing without the API key.
/// </summary>
public class MultiSafepayCustomerReference : BaseEntity
{
    /// <summary>The customer's id in nopCommerce.</summary>
    public int CustomerId { get; set; }

    /// <summary>The environment, as the value of <see cref="Api.MultiSafepayEnvironment"/>.</summary>
    public int EnvironmentId { get; set; }

    /// <summary>The name: 32 hexadecimal digits.</summary>
    public string Reference { get; set; } = string.Empty;

    /// <summary>The state, as the value of <see cref="CustomerReferenceState"/>.</summary>
    public int StateId { get; set; }
}

/// <summary>The state of a <see cref="MultiSafepayCustomerReference"/>.</summary>
public enum CustomerReferenceState
{
    /// <summary>The customer can save and use cards.</summary>
    InUse = 0,

    /// <summary>The customer was permanently deleted, so MultiSafepay is to forget the cards. The row is deleted when it has.</summary>
    Erased = 1
}
