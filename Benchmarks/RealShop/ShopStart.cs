using System.Diagnostics;
using System.Net;

namespace Benchmarks.RealShop;

/// <summary>Starts a shop by a command of the owner's, waits for its first page, and ends it again: only the process that it started itself, and its children.</summary>
/// <param name="command">
/// The command, for the shell of the system. The last of it should replace the shell (<c>cd shop &amp;&amp; exec dotnet Nop.Web.dll</c>), so that its processor time can be read.
/// </param>
/// <param name="url">The first page.</param>
internal sealed class ShopStart(string command, Uri url)
{
    private static readonly TimeSpan _patience = TimeSpan.FromMinutes(3);
    private static readonly TimeSpan _pause = TimeSpan.FromMilliseconds(5);

    /// <summary>Starts the shop once.</summary>
    /// <returns>The time from the start to the end of the first page, and the processor time until then.</returns>
    public async Task<(TimeSpan Time, TimeSpan Processor)> MeasureAsync()
    {
        using var client = new HttpClient(new SocketsHttpHandler { ConnectTimeout = TimeSpan.FromSeconds(1), AllowAutoRedirect = false }) { Timeout = _patience };
        if (await StatusAsync(client) is not null)
            throw new RealShopException($"{url} answers before the shop is started.");

        var start = OperatingSystem.IsWindows() ? new ProcessStartInfo("cmd", ["/c", command]) : new ProcessStartInfo("/bin/sh", ["-c", command]);
        (start.RedirectStandardOutput, start.RedirectStandardError) = (true, true);
        var watch = Stopwatch.StartNew();
        using var process = Process.Start(start) ?? throw new RealShopException($"{command} does not start.");
        try
        {
            process.OutputDataReceived += static (_, _) => { };
            process.ErrorDataReceived += static (_, _) => { };
            process.BeginOutputReadLine();
            process.BeginErrorReadLine();
            while (await StatusAsync(client) is not HttpStatusCode.OK)
            {
                if (process.HasExited || watch.Elapsed > _patience)
                    throw new RealShopException(process.HasExited ? $"{command} ended with {process.ExitCode}." : $"{url} did not answer with 200 in {_patience.TotalMinutes} minutes.");
                await Task.Delay(_pause);
            }

            return (watch.Elapsed, process.TotalProcessorTime);
        }
        finally
        {
            if (!process.HasExited)
                process.Kill(entireProcessTree: true);
            await process.WaitForExitAsync();
        }
    }

    // Null if nobody listens yet.
    private async Task<HttpStatusCode?> StatusAsync(HttpClient client)
    {
        try
        {
            using var answer = await client.GetAsync(url);
            return answer.StatusCode;
        }
        catch (HttpRequestException exception) when (exception.HttpRequestError == HttpRequestError.ConnectionError)
        {
            return null;
        }
    }
}
