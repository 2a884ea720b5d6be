using System.Text.Json.Serialization;

namespace Nop.Plugin.Payments.MultiSafepay.Api;

/// <summary>
/// The addresses of a payment. All of them may contain only letters, digits and <c>-_.:/</c>, so no query string.
/// </summary>
public sealed record PaymentOptions
{
    /// <summary>Where MultiSafepay reports each change: https, no port, at most 150 characters.</summary>
    public string? NotificationUrl { get; init; }

    /// <summary><c>POST</c> for notifications with a body and a signature.</summary>
    public string? NotificationMethod { get; init; }

    /// <summary>Where the customer comes back after paying.</summary>
    public string? RedirectUrl { get; init; }

    /// <summary>Where the customer comes back after giving up.</summary>
    public string? CancelUrl { get; init; }

    /// <summary>Whether the payment page closes its window instead of going back.</summary>
    public bool? CloseWindow { get; init; }

    /// <summary>The site's template that styles the payment page.</summary>
    public string? TemplateId { get; init; }
}

/// <summary>A person and an address: the payer of an order, or the receiver.</summary>
public sealed record CustomerDetails
{
    /// <summary>2 to 25 characters.</summary>
    public string? FirstName { get; init; }

    /// <summary>2 to 25 characters.</summary>
    public string? LastName { get; init; }

    /// <summary>The company, if any.</summary>
    public string? CompanyName { get; init; }

    /// <summary>The street, without the house number; at most 64 characters.</summary>
    public string? Address1 { get; init; }

    /// <summary>What the street does not say.</summary>
    public string? Address2 { get; init; }

    /// <summary>The house number with its suffix; at most 10 characters.</summary>
    public string? HouseNumber { get; init; }

    /// <summary>At most 10 characters.</summary>
    public string? ZipCode { get; init; }

    /// <summary>The city.</summary>
    public string? City { get; init; }

    /// <summary>The state or province.</summary>
    public string? State { get; init; }

    /// <summary>ISO 3166-1 alpha-2 code.</summary>
    public string? Country { get; init; }

    /// <summary>At most 25 characters.</summary>
    public string? Phone { get; init; }

    /// <summary>At most 64 characters.</summary>
    public string? Email { get; init; }

    /// <summary>The payer's IP address; required by cards and pay-later methods, refused when it is no address (1007).</summary>
    public string? IpAddress { get; init; }

    /// <summary>The payer's own IP address when <see cref="IpAddress"/> is a proxy's.</summary>
    public string? ForwardedIp { get; init; }

    /// <summary>Language and country of the payment page, such as <c>nl_NL</c>.</summary>
    public string? Locale { get; init; }

    /// <summary>The payer's browser.</summary>
    public string? UserAgent { get; init; }

    /// <summary>Where the payer came from.</summary>
    public string? Referrer { get; init; }

    /// <summary>Our identifier of the payer, under which tokens are kept.</summary>
    public string? Reference { get; init; }

    /// <summary>The payer's title or gender, in the words the payment method asks for.</summary>
    public string? Gender { get; init; }

    /// <summary>Date of birth, yyyy-MM-dd.</summary>
    public string? Birthday { get; init; }

    /// <summary>Whether MultiSafepay keeps its own confirmation mail to itself.</summary>
    public bool? DisableSendEmail { get; init; }

    /// <summary>Says nothing: this is all personal data.</summary>
    public override string ToString() => nameof(CustomerDetails);
}

/// <summary>Facts that pay-later methods ask for, about the payer.</summary>
public sealed record GatewayInfo
{
    /// <summary>Date of birth, yyyy-MM-dd.</summary>
    public string? Birthday { get; init; }

    /// <summary>The payer's title or gender, in the words the payment method asks for.</summary>
    public string? Gender { get; init; }

    /// <summary>The payer's telephone number.</summary>
    public string? Phone { get; init; }

    /// <summary>Where payment instructions go; at most 64 characters.</summary>
    public string? Email { get; init; }

    /// <summary>The payer's IBAN.</summary>
    public string? BankAccount { get; init; }

    /// <summary>Says nothing: this is all personal data.</summary>
    public override string ToString() => nameof(GatewayInfo);
}

/// <summary>What MultiSafepay's payment component collected in the checkout page.</summary>
public sealed record PaymentData
{
    /// <summary>The component's own, opaque text.</summary>
    public string? Payload { get; init; }

    /// <summary>The payment method the customer chose in the component.</summary>
    public string? Gateway { get; init; }

    /// <summary>Whether the customer lets the card be kept for next time.</summary>
    public bool? Tokenize { get; init; }

    /// <summary>Names the method only: the payload stands for a means of payment.</summary>
    public override string ToString() => $"{nameof(PaymentData)} {{ Gateway = {Gateway} }}";
}

/// <summary>MultiSafepay's reminders of an unfinished payment. Its sources name the field in two ways, so both are sent.</summary>
/// <param name="SendEmail">Whether reminders may be sent.</param>
public sealed record SecondChance(bool SendEmail)
{
    /// <summary>The same under the OpenAPI description's name.</summary>
    public bool SendMail => SendEmail;
}

/// <summary>Free text that comes back with the order.</summary>
public sealed record CustomInfo
{
    /// <summary>Anything.</summary>
    [JsonPropertyName("custom_1")]
    public string? Custom1 { get; init; }

    /// <summary>Anything.</summary>
    [JsonPropertyName("custom_2")]
    public string? Custom2 { get; init; }

    /// <summary>Anything.</summary>
    [JsonPropertyName("custom_3")]
    public string? Custom3 { get; init; }
}

/// <summary>Which shop and plugin are calling.</summary>
public sealed record PluginInfo
{
    /// <summary>The shop's software.</summary>
    public string? Shop { get; init; }

    /// <summary>The version of the shop's software.</summary>
    public string? ShopVersion { get; init; }

    /// <summary>The version of this plugin.</summary>
    public string? PluginVersion { get; init; }

    /// <summary>Who made the plugin, if not MultiSafepay.</summary>
    public string? Partner { get; init; }

    /// <summary>The shop's address.</summary>
    public string? ShopRootUrl { get; init; }
}
