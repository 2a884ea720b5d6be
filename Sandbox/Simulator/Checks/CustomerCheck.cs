using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using Sandbox.Simulator.Api;
using Sandbox.Simulator.Gateways;

namespace Sandbox.Simulator.Checks;

/// <summary>What of the customer and delivery blocks is more than a limit of a field (<see cref="FieldRules"/>).</summary>
public static class CustomerCheck
{
    /// <exception cref="RefusalException">A field breaks its rule.</exception>
    public static void Check(JsonElement order, Gateway? gateway, LocaleSwitches locales)
    {
        var customer = Fields.Section(order, "customer");
        CheckCountry(customer);
        CheckCountry(Fields.Section(order, "delivery"));
        CheckIpAddress(customer, gateway);

        if (Fields.Text(customer, "locale") is { } locale && !locales.IsAccepted(locale))
            throw RefusalException.General($"Invalid locale: {locale}");
    }

    private static void CheckCountry(JsonElement person)
    {
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
