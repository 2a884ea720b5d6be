using System.Net;
using System.Net.Sockets;

namespace Nop.Plugin.Payments.MultiSafepay.Checkout.Request;

/// <summary>Reads IP addresses as proxies and browsers write them. MultiSafepay refuses an order with something else in such a field (1007).</summary>
public static class IpAddresses
{
    /// <summary>The first address in a list such as <c>unknown, 203.0.113.7:4711, [2001:db8::1]:443</c>, in its plain form; null without one.</summary>
    public static string? First(string? list) =>
        list?.Split(',').Select(entry => Plain(entry.Trim().Trim('"'))).FirstOrDefault(address => address is not null);

    /// <summary>The plain form of an address; null for none. An IPv4 address in an IPv6 coat is undressed.</summary>
    public static string? Plain(IPAddress? address)
    {
        if (address is null)
            return null;
        if (address.IsIPv4MappedToIPv6)
            address = address.MapToIPv4();
        if (address.AddressFamily == AddressFamily.InterNetworkV6)
            address = new IPAddress(address.GetAddressBytes()); // without the scope, which means something on one machine only
        return address.Equals(IPAddress.Any) || address.Equals(IPAddress.IPv6Any) ? null : address.ToString();
    }

    private static string? Plain(string entry)
    {
        var text = WithoutPort(entry);
        if (!IPAddress.TryParse(text, out var address))
            return null;

        // .NET also reads "1" and "010.0.0.1" as IPv4; nobody means what it makes of them.
        return address.AddressFamily == AddressFamily.InterNetwork && address.ToString() != text ? null : Plain(address);
    }

    private static string WithoutPort(string entry)
    {
        if (entry.StartsWith('['))
            return entry.IndexOf(']', StringComparison.Ordinal) is > 0 and var end ? entry[1..end] : string.Empty;
        return entry.IndexOf(':', StringComparison.Ordinal) is >= 0 and var colon && entry.LastIndexOf(':') == colon ? entry[..colon] : entry;
    }
}
