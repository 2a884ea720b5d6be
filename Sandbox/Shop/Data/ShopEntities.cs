using Nop.Core;

namespace Sandbox.Shop.Data;

/// <summary>Which role a customer has.</summary>
internal sealed class CustomerRoleLink : BaseEntity
{
    public int CustomerId { get; set; }

    public int RoleId { get; set; }
}

/// <summary>What a customer chose on the way to the order: nopCommerce keeps these as attributes of the customer.</summary>
internal sealed class CheckoutChoices : BaseEntity
{
    public int CustomerId { get; set; }

    public int StoreId { get; set; }

    public int BillingAddressId { get; set; }

    public string ShippingMethod { get; set; } = "";

    public string PaymentMethodSystemName { get; set; } = "";

    public bool GiftWrapping { get; set; }

    /// <summary>What a business customer wants to find on the payment.</summary>
    public string? Reference { get; set; }

    public string CouponCode { get; set; } = "";

    public string GiftCardCode { get; set; } = "";

    /// <summary>The pending payment request as JSON; nopCommerce 4.90 persists it in the same way, so nothing secret may be in it.</summary>
    public string PaymentRequestJson { get; set; } = "";
}

/// <summary>Which address belongs to which customer.</summary>
internal sealed class CustomerAddressLink : BaseEntity
{
    public int CustomerId { get; set; }

    public int AddressId { get; set; }
}

/// <summary>The rate of a tax category; it holds in countries that are subject to VAT.</summary>
internal sealed class TaxCategory : BaseEntity
{
    public string Name { get; set; } = "";

    public decimal Rate { get; set; }
}

/// <summary>A plugin that is installed, and its version then.</summary>
internal sealed class InstalledPlugin : BaseEntity
{
    public string SystemName { get; set; } = "";

    public string Version { get; set; } = "";
}

/// <summary>A row's text in a language other than the shop's first.</summary>
internal sealed class LocalizedText : BaseEntity
{
    public string Group { get; set; } = "";

    public int EntityId { get; set; }

    public string Key { get; set; } = "";

    public int LanguageId { get; set; }

    public string Value { get; set; } = "";

    public bool Is(string group, int entityId, string key, int languageId) => Group == group && EntityId == entityId && Key == key && LanguageId == languageId;
}
