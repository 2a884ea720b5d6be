using System.Net;
using System.Net.Sockets;

namespace Nop.Plugin.Payments.MultiSafepay.Checkout.Request;

/// <summary>Parses IP addresses as proxies and browsers write them. MultiSafepay rejects an order with an invalid IP address (error 1007).</summary>
public static class IpAddresses
{
    /// <summary>Returns the first address in a list such as <c>unknown, 203.0.113.7:4711, [2001:db8::1]:443</c>, without its port; null if there is none.</summary>
    public static string? First(string? list) =>
        list?.Split(',').Select(entry => Plain(entry.Trim().Trim('"'))).FirstOrDefault(address => address is not null);

    /// <summary>Returns the text of an address, with an IPv4-mapped IPv6 address as IPv4; null for a missing or unspecified address.</summary>
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

        // .NET also parses "1" and "010.0.0.1" as IPv4 addresses, but not as the ones that were meant.
        return address.AddressFamily == AddressFamily.InterNetwork && address.ToString() != text ? null : Plain(address);
    }

    private static string WithoutPort(string entry)
    {
        if (entry.StartsWith('['))
            return entry.IndexOf(']', StringComparison.Ordinal) is > 0 and var end ? entry[1..end] : string.Empty;
        return entry.IndexOf(':', StringComparison.Ordinal) is >= 0 and var colon && entry.LastIndexOf(':') == colon ? entry[..colon] : entry;
    }
}
