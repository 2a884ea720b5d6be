using System.Text.Json.Serialization;

namespace Nop.Plugin.Payments.MultiSafepay.Api;

/// <summary>
/// The addresses of a payment. They may contain only ASCII letters, digits and <c>-_.:/</c>, so no query string (OpenAPI description, PaymentOptions).
/// </summary>
public sealed record PaymentOptions
{
    /// <summary>The address for notifications: at most 150 characters (OpenAPI description, NotificationUrl), https, no port (docs.multisafepay.com, Webhook).</summary>
    public string? NotificationUrl { get; init; }

    /// <summary><c>POST</c> for notifications with a body and a signature, <c>GET</c> for notifications without.</summary>
    public string? NotificationMethod { get; init; }

    /// <summary>The address to which the customer returns after paying.</summary>
    public string? RedirectUrl { get; init; }

    /// <summary>The address to which the customer returns without having paid.</summary>
    public string? CancelUrl { get; init; }

    /// <summary>Whether the payment page closes its window instead of redirecting the customer.</summary>
    public bool? CloseWindow { get; init; }

    /// <summary>The id of the site's payment page template.</summary>
    public string? TemplateId { get; init; }
}

/// <summary>The payer of an order with the billing address, or the recipient with the delivery address. Limits: MultiSafepay's OpenAPI description.</summary>
public sealed record CustomerDetails
{
    /// <summary>The first name; 2 to 25 characters.</summary>
    public string? FirstName { get; init; }

    /// <summary>The last name; 2 to 25 characters.</summary>
    public string? LastName { get; init; }

    /// <summary>The company, if any; at most 200 characters.</summary>
    public string? CompanyName { get; init; }

    /// <summary>The street, without the house number; at most 64 characters.</summary>
    public string? Address1 { get; init; }

    /// <summary>The second line of the address; at most 64 characters.</summary>
    public string? Address2 { get; init; }

    /// <summary>The house number including its suffix; at most 10 characters.</summary>
    public string? HouseNumber { get; init; }

    /// <summary>The postal code; at most 10 characters.</summary>
    public string? ZipCode { get; init; }

    /// <summary>The city; at most 50 characters.</summary>
    public string? City { get; init; }

    /// <summary>The state or province; at most 6 characters.</summary>
    public string? State { get; init; }

    /// <summary>ISO 3166-1 alpha-2 country code.</summary>
    public string? Country { get; init; }

    /// <summary>The telephone number; at most 25 characters.</summary>
    public string? Phone { get; init; }

    /// <summary>The e-mail address; at most 64 characters.</summary>
    public string? Email { get; init; }

    /// <summary>The payer's IP address; required for cards and pay-later methods, rejected if invalid (error 1007).</summary>
    public string? IpAddress { get; init; }

    /// <summary>The payer's own IP address if <see cref="IpAddress"/> is that of a proxy.</summary>
    public string? ForwardedIp { get; init; }

    /// <summary>The language and country of the payment page, such as <c>nl_NL</c>.</summary>
    public string? Locale { get; init; }

    /// <summary>The user agent of the payer's browser.</summary>
    public string? UserAgent { get; init; }

    /// <summary>The page that the payer came from.</summary>
    public string? Referrer { get; init; }

    /// <summary>
    /// The shop's id of the payer, under which MultiSafepay stores tokens, for all sites of the account; required by <see cref="OrderRequest.RecurringModel"/>. Of the payer only: a delivery address
    /// has none (OpenAPI description, Customer and Delivery).
    /// </summary>
    public string? Reference { get; init; }

    /// <summary>The payer's title or gender, in the spelling that the payment method requires.</summary>
    public string? Gender { get; init; }

    /// <summary>The date of birth, as yyyy-MM-dd.</summary>
    public string? Birthday { get; init; }

    /// <summary>Whether MultiSafepay does not send its own confirmation e-mail.</summary>
    public bool? DisableSendEmail { get; init; }

    /// <summary>The type name only, because all properties are personal data.</summary>
    public override string ToString() => nameof(CustomerDetails);
}

/// <summary>Data about the payer that pay-later methods require.</summary>
public sealed record GatewayInfo
{
    /// <summary>The date of birth, as yyyy-MM-dd.</summary>
    public string? Birthday { get; init; }

    /// <summary>The payer's title or gender, in the spelling that the payment method requires.</summary>
    public string? Gender { get; init; }

    /// <summary>The payer's telephone number.</summary>
    public string? Phone { get; init; }

    /// <summary>The e-mail address for payment instructions; at most 64 characters (OpenAPI description, GatewayInfo).</summary>
    public string? Email { get; init; }

    /// <summary>The payer's IBAN.</summary>
    public string? BankAccount { get; init; }

    /// <summary>The type name only, because all properties are personal data.</summary>
    public override string ToString() => nameof(GatewayInfo);
}

/// <summary>The data that MultiSafepay's payment component collects in the checkout.</summary>
public sealed record PaymentData
{
    /// <summary>The component's opaque payload.</summary>
    public string? Payload { get; init; }

    /// <summary>The gateway code of the method that the customer chose in the component.</summary>
    public string? Gateway { get; init; }

    /// <summary>Whether the customer agrees to the card being stored.</summary>
    public bool? Tokenize { get; init; }

    /// <summary>The gateway only, because the payload can be used to pay.</summary>
    public override string ToString() => $"{nameof(PaymentData)} {{ Gateway = {Gateway} }}";
}

/// <summary>MultiSafepay's reminders of an unfinished payment (Second Chance). Its sources name the field in two ways, so both are sent.</summary>
/// <param name="SendEmail">Whether reminders may be sent: the name in the documentation and the SDKs.</param>
public sealed record SecondChance(bool SendEmail)
{
    /// <summary>The same value under the name in the OpenAPI description.</summary>
    public bool SendMail => SendEmail;
}

/// <summary>Free text that is returned with the order.</summary>
public sealed record CustomInfo
{
    /// <summary>First free text.</summary>
    [JsonPropertyName("custom_1")]
    public string? Custom1 { get; init; }

    /// <summary>Second free text.</summary>
    [JsonPropertyName("custom_2")]
    public string? Custom2 { get; init; }

    /// <summary>Third free text.</summary>
    [JsonPropertyName("custom_3")]
    public string? Custom3 { get; init; }
}

/// <summary>The shop software and the plugin that send the order.</summary>
public sealed record PluginInfo
{
    /// <summary>The name of the shop software.</summary>
    public string? Shop { get; init; }

    /// <summary>The version of the shop software.</summary>
    public string? ShopVersion { get; init; }

    /// <summary>The version of this plugin.</summary>
    public string? PluginVersion { get; init; }

    /// <summary>The developer of the plugin, if not MultiSafepay.</summary>
    public string? Partner { get; init; }

    /// <summary>The shop's root URL.</summary>
    public string? ShopRootUrl { get; init; }
}
