using Microsoft.Playwright;
using NUnit.Framework;

namespace Nop.Plugin.Payments.MultiSafepay.Tests.Browser;

/// <summary>
/// The one headless Chromium that all browser tests share; each test opens a window of its own in it. It is the machine's own, such as Debian's packages
/// <c>chromium-headless-shell</c> (taken first: it starts and draws with a fraction of the work) and <c>chromium</c>: nothing is downloaded. Where there is none,
/// the tests are skipped and say so. It ends with the process: a fixture for the whole folder, which could end it before, would not begin until all other folders have ended.
/// </summary>
internal static class Chromium
{
    private static readonly string[] _names = ["chromium-headless-shell", "chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome.exe", "msedge.exe"];

    private static readonly SemaphoreSlim _gate = new(1);

    private static IPlaywright? _playwright;

    private static IBrowser? _browser;

    /// <summary>The browser, started at the first use.</summary>
    public static async Task<IBrowser> GetAsync()
    {
        var path = Find();
        if (path is null)
            Assert.Ignore("No Chromium is found on this machine: install Debian's package chromium-headless-shell, or name its program in MULTISAFEPAY_CHROMIUM.");

        await _gate.WaitAsync();
        try
        {
            if (_playwright is null)
            {
                _playwright = await Playwright.CreateAsync();
                AppDomain.CurrentDomain.ProcessExit += (_, _) => _playwright.Dispose();
            }

            return _browser ??= await _playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions
            {
                ExecutablePath = path,
                Args = ["--no-sandbox", "--disable-dev-shm-usage", "--disable-gpu", "--disable-extensions"]
            });
        }
        finally
        {
            _gate.Release();
        }
    }

    private static string? Find() => Environment.GetEnvironmentVariable("MULTISAFEPAY_CHROMIUM") is { Length: > 0 } given
        ? given
        : (from name in _names
           from folder in (Environment.GetEnvironmentVariable("PATH") ?? string.Empty).Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
           select Path.Combine(folder, name)).FirstOrDefault(File.Exists);
}
