using Deque.AxeCore.Commons;
using Microsoft.Playwright;
using NUnit.Framework;

namespace Nop.Plugin.Payments.MultiSafepay.Tests.Browser;

/// <summary>
/// Checks pages by the rules of axe-core, in the page itself. Deque's own <c>RunAxe</c> hands what every element passed, megabytes for a long page, through the test to a second page and back,
/// which takes four times as long as the rules; it is needed only for pages with frames.
/// </summary>
internal static class Accessibility
{
    private const string Rules = """
        async part => (await axe.run(part ?? document, { resultTypes: ['violations'] })).violations
            .map(violation => `${violation.id}: ${violation.help} (${violation.nodes.map(node => node.html).join('; ')})`)
        """;

    // As an expression without a value: the script's own is the whole of axe-core.
    private static readonly Lazy<string> _script = new(() => $"{new BundledAxeScriptProvider().GetScript()}; 0");

    /// <summary>Fails with every violation of a rule.</summary>
    /// <param name="page">The page.</param>
    /// <param name="part">The CSS selector of the part of it to look at; the whole page without one.</param>
    public static async Task AssertAsync(IPage page, string? part = null)
    {
        Assert.That(page.Frames, Has.Count.EqualTo(1), "the rules are applied to one frame");
        if (!await page.EvaluateAsync<bool>("'axe' in window"))
            await page.EvaluateAsync(_script.Value);
        Assert.That(await page.EvaluateAsync<string[]>(Rules, part), Is.Empty, page.Url);
    }
}
