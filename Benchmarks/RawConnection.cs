using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Benchmarks;

/// <summary>
/// One kept connection that sends prepared bytes and waits for the answer. A real HTTP client would cost more than what is measured, on both sides of a ratio, and so
/// make every ratio look better than it is.
/// </summary>
internal sealed class RawConnection : IDisposable
{
    private readonly Socket _socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
    private readonly byte[] _answer = new byte[64 * 1024];

    public RawConnection(int port) => _socket.Connect(IPAddress.Loopback, port);

    /// <summary>The bytes of a POST.</summary>
    /// <param name="port">The shop's port.</param>
    /// <param name="path">Where to.</param>
    /// <param name="body">The body.</param>
    /// <param name="auth">The header <c>Auth</c>; null for none.</param>
    public static byte[] Post(int port, string path, byte[] body, string? auth)
    {
        var head = new StringBuilder().Append(CultureInfo.InvariantCulture,
            $"POST {path} HTTP/1.1\r\nHost: localhost:{port}\r\nContent-Type: application/json\r\nContent-Length: {body.Length}\r\n");
        if (auth is not null)
            head.Append("Auth: ").Append(auth).Append("\r\n");
        return [.. Encoding.ASCII.GetBytes(head.Append("\r\n").ToString()), .. body];
    }

    /// <summary>Sends a request and reads the whole answer.</summary>
    /// <returns>The HTTP status.</returns>
    public int Send(byte[] request)
    {
        _socket.Send(request);
        for (var length = 0; ;)
        {
            var read = _socket.Receive(_answer, length, _answer.Length - length, SocketFlags.None);
            if (read == 0)
                throw new IOException("The shop has closed the connection.");
            length += read;

            var answer = _answer.AsSpan(0, length);
            if (answer.IndexOf("\r\n\r\n"u8) is var end and >= 0 && IsWhole(answer[..end], answer[(end + 4)..]))
                return (answer[9] - '0') * 100 + (answer[10] - '0') * 10 + (answer[11] - '0');
        }
    }

    public void Dispose() => _socket.Dispose();

    private static bool IsWhole(ReadOnlySpan<byte> head, ReadOnlySpan<byte> body)
    {
        var name = "Content-Length: "u8;
        var at = head.IndexOf(name);
        if (at < 0)
            return body.EndsWith("0\r\n\r\n"u8);
        var value = head[(at + name.Length)..];
        var end = value.IndexOf((byte)'\r');
        return body.Length >= int.Parse(end < 0 ? value : value[..end], CultureInfo.InvariantCulture);
    }
}
