using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Sandbox;

/// <summary>The ports of the sandbox on this machine. A host that finds its port taken tells so with its stack trace, so they are tried before.</summary>
public static class Ports
{
    /// <summary>One line about the first port that another program listens on; null if all are free.</summary>
    /// <param name="ports">The ports, each with the option that chooses another one.</param>
    public static string? FindTaken(params IEnumerable<(int Port, string Option)> ports)
    {
        List<TcpListener> tried = [];
        try
        {
            foreach (var (port, option) in ports)
            {
                foreach (var address in new[] { IPAddress.Loopback, IPAddress.IPv6Loopback })
                {
                    var listener = new TcpListener(address, port);
                    try
                    {
                        listener.Start();
                        tried.Add(listener);
                    }
                    catch (SocketException exception) when (exception.SocketErrorCode is SocketError.AddressAlreadyInUse or SocketError.AccessDenied)
                    {
                        return string.Create(CultureInfo.InvariantCulture, $"Port {port} is taken by another program, or not allowed. Choose another one with {option} N.");
                    }
                    catch (SocketException)
                    {
                        // This machine has no such address; the host says what it thinks of that.
                    }
                }
            }

            return null;
        }
        finally
        {
            foreach (var listener in tried)
                listener.Dispose();
        }
    }
}
