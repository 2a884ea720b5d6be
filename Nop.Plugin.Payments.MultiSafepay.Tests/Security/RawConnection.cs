using System.Net.Sockets;
using System.Text;
using System.Text.RegularExpressions;

namespace Nop.Plugin.Payments.MultiSafepay.Tests.Security;

/// <summary>A connection whose bytes are all the test's own: what no well-behaved HTTP client would send.</summary>
internal sealed partial class RawConnection : IDisposable
{
    private readonly TcpClient _client = new();

    private RawConnection()
    {
    }

    public static async Task<RawConnection> OpenAsync(Uri url)
    {
        var connection = new RawConnection();
        await connection._client.ConnectAsync(System.Net.IPAddress.Loopback, url.Port);
        return connection;
    }

    /// <summary>Sends one request and reads its answer.</summary>
    public static async Task<RawAnswer> ExchangeAsync(Uri url, string head, byte[] body)
    {
        using var connection = await OpenAsync(url);
        await connection.SendAsync($"{head}\r\n\r\n", body);
        return await connection.ReadAsync();
    }

    /// <summary>Sends a text, each character as one byte, and bytes behind it.</summary>
    public async Task SendAsync(string text, params byte[] bytes) =>
        await _client.GetStream().WriteAsync((byte[])[.. Encoding.Latin1.GetBytes(text), .. bytes]);

    /// <summary>Breaks the connection off, as a machine does that loses its power.</summary>
    public void Break() => _client.Client.Close(timeout: 0);

    /// <summary>Reads until the shop closes the connection.</summary>
    public async Task<RawAnswer> ReadAsync()
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        var received = new MemoryStream();
        try
        {
            await _client.GetStream().CopyToAsync(received, limit.Token);
        }
        catch (IOException) when (received.Length > 0)
        {
            // Closed with a part of the request unread: what came before is the answer.
        }

        var text = Encoding.Latin1.GetString(received.ToArray());
        return new RawAnswer(int.Parse(StatusLine().Match(text).Groups["status"].ValueSpan, System.Globalization.CultureInfo.InvariantCulture), text);
    }

    public void Dispose() => _client.Dispose();

    [GeneratedRegex(@"\AHTTP/1\.1 (?<status>\d{3})")]
    private static partial Regex StatusLine();
}

/// <summary>An answer as it came over the wire.</summary>
internal sealed record RawAnswer(int Status, string Text)
{
    public bool HasCookie => Text.Contains("Set-Cookie", StringComparison.OrdinalIgnoreCase);
}
