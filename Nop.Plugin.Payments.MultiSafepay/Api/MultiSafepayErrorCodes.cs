namespace Nop.Plugin.Payments.MultiSafepay.Api;

/// <summary>The error codes of MultiSafepay that the plugin handles (docs.multisafepay.com, API reference, Error reference).</summary>
public static class MultiSafepayErrorCodes
{
    /// <summary>
    /// An error without a code of its own. With HTTP 404 or 410, in answer to a call about stored payment details, the customer or the token is not known (OpenAPI description, paths/recurring).
    /// </summary>
    public const int General = 1000;

    /// <summary>The amount is invalid, or outside the range of the payment method.</summary>
    public const int Amount = 1001;

    /// <summary>The currency is not supported, or not enabled for the account.</summary>
    public const int Currency = 1002;

    /// <summary>The order id is already in use (when creating) or unknown (when reading): MultiSafepay uses one code for both.</summary>
    public const int OrderId = 1006;

    /// <summary>The customer's IP address is missing or invalid.</summary>
    public const int IpAddress = 1007;

    /// <summary>The description is missing or too long.</summary>
    public const int Description = 1008;

    /// <summary>The country is unknown, or the payment method is not offered there.</summary>
    public const int Country = 1018;

    /// <summary>The website is not active in the account.</summary>
    public const int SiteInactive = 1019;

    /// <summary>The account is blocked.</summary>
    public const int AccountBlocked = 1020;

    /// <summary>The payment method is not available for this order.</summary>
    public const int MethodUnavailable = 1023;

    /// <summary>The payment was declined.</summary>
    public const int Declined = 1024;

    /// <summary>The cart does not add up to the order's amount.</summary>
    public const int CartAmount = 1027;

    /// <summary>A tax table has an invalid rate.</summary>
    public const int CartTaxRate = 1028;

    /// <summary>An item's tax rate is missing, or not accepted by the payment method.</summary>
    public const int CartItemTaxRate = 1029;

    /// <summary>An item is in another currency.</summary>
    public const int CartItemCurrency = 1030;

    /// <summary>An item's price is invalid.</summary>
    public const int CartItemPrice = 1031;

    /// <summary>The API key is not valid in the environment that was called.</summary>
    public const int ApiKey = 1032;

    /// <summary>The refund is not possible, or a refund of the same amount was made within the last five minutes.</summary>
    public const int Refund = 1034;
}
