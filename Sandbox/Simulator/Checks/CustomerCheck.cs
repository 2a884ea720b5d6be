using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using Sandbox.Simulator.Api;
using Sandbox.Simulator.Gateways;

namespace Sandbox.Simulator.Checks;

/// <summary>The limits of the customer and delivery blocks.</summary>
public static class CustomerCheck
{
    // Field, least and most characters. The SDKs write firstname and lastname; the API takes both.
    private static readonly (string Field, int Min, int Max)[] _lengths =
    [
        ("first_name", 2, 25), ("firstname", 2, 25), ("last_name", 2, 50), ("lastname", 2, 50), ("address1", 0, 64), ("house_number", 0, 10),
        ("zip_code", 0, 10), ("city", 0, 50), ("state", 0, 6), ("phone", 0, 25), ("email", 0, 64),
    ];

    /// <exception cref="RefusalException">A field breaks its rule.</exception>
    public static void Check(JsonElement order, Gateway? gateway, LocaleSwitches locales)
    {
        var customer = Fields.Section(order, "customer");
        CheckBlock("customer", customer);
        CheckBlock("delivery", Fields.Section(order, "delivery"));
        CheckIpAddress(customer, gateway);

        if (Fields.Text(customer, "locale") is { } locale && !locales.IsAccepted(locale))
            throw RefusalException.General($"Invalid locale: {locale}");
    }

    private static void CheckBlock(string block, JsonElement person)
    {
        foreach (var (field, min, max) in _lengths)
        {
            if (Fields.Text(person, field) is { } value && (value.Length < min || value.Length > max))
                throw RefusalException.General($"Invalid {block}.{field}: {value.Length} characters, allowed are {min} to {max}");
        }

        if (Fields.Text(person, "email") is { } email && !email.Contains('@', StringComparison.Ordinal))
            throw RefusalException.General($"Invalid {block}.email");
        if (Fields.Text(person, "country") is { } country && !Countries.IsKnown(country))
            throw new RefusalException(ErrorCode.Country, "Invalid country code");
    }

    private static void CheckIpAddress(JsonElement customer, Gateway? gateway)
    {
        var ip = Fields.Text(customer, "ip_address");
        if (ip is null && gateway is { NeedsIpAddress: true })
            throw new RefusalException(ErrorCode.IpAddress, "Invalid IP address: required for card and pay later orders");
        if ((ip is not null && !IsIpAddress(ip)) || (Fields.Text(customer, "forwarded_ip") is { } forwarded && !IsIpAddress(forwarded)))
            throw new RefusalException(ErrorCode.IpAddress, "Invalid IP address");
    }

    // IPAddress.TryParse also takes "1", "[::1]:80" and scope ids, which are no addresses of a customer.
    private static bool IsIpAddress(string text) =>
        IPAddress.TryParse(text, out var address)
        && (address.AddressFamily == AddressFamily.InterNetwork
            ? text.Split('.').Length == 4
            : !text.AsSpan().ContainsAny('[', '%'));
}
