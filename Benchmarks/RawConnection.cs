using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Benchmarks;

/// <summary>
/// One kept connection that sends prepared bytes and waits for the answer. An HTTP client costs more than what is measured, on both sides of a ratio; this one leaves
/// that out.
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

    /// <summary>Sends requests in one go and reads all answers.</summary>
    /// <param name="requests">The bytes of the requests, one after the other.</param>
    /// <param name="count">How many they are.</param>
    /// <param name="status">The HTTP status that each is to be answered with.</param>
    /// <exception cref="InvalidOperationException">One of them was answered otherwise.</exception>
    public void Send(byte[] requests, int count, int status)
    {
        _socket.Send(requests);
        var (length, from) = (0, 0);
        while (count > 0)
        {
            if (from == length)
                (from, length) = (0, 0);
            var read = _socket.Receive(_answer, length, _answer.Length - length, SocketFlags.None);
            if (read == 0)
                throw new IOException("The shop has closed the connection.");
            length += read;

            while (count > 0 && LengthOf(_answer.AsSpan(from, length - from)) is var answer and > 0)
            {
                var was = (_answer[from + 9] - '0') * 100 + (_answer[from + 10] - '0') * 10 + (_answer[from + 11] - '0');
                if (was != status)
                    throw new InvalidOperationException(FormattableString.Invariant($"The shop answered {was}, not {status}."));
                from += answer;
                count--;
            }
        }
    }

    public void Dispose() => _socket.Dispose();

    // The length of the answer that the bytes begin with; 0 while it is not all there.
    private static int LengthOf(ReadOnlySpan<byte> bytes)
    {
        var end = bytes.IndexOf("\r\n\r\n"u8);
        if (end < 0)
            return 0;
        var head = bytes[..end];
        var body = bytes[(end + 4)..];
        var name = "Content-Length: "u8;
        var at = head.IndexOf(name);
        int length;
        if (at < 0)
        {
            // In chunks, of which the last one is empty.
            var last = body.IndexOf("0\r\n\r\n"u8);
            length = last < 0 ? int.MaxValue : last + 5;
        }
        else
        {
            var value = head[(at + name.Length)..];
            var stop = value.IndexOf((byte)'\r');
            length = int.Parse(stop < 0 ? value : value[..stop], CultureInfo.InvariantCulture);
        }

        return body.Length >= length ? end + 4 + length : 0;
    }
}
