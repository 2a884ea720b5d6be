using System.Reflection;
using System.Text.Json;

namespace Sandbox.Shop.Services;

/// <summary>The shop's own texts by culture, and the few of nopCommerce's that a plugin shows.</summary>
internal static class ShopTexts
{
    public static IReadOnlyDictionary<string, Dictionary<string, string>> All { get; } =
        new[] { "en-US", "nl-NL" }.ToDictionary(culture => culture, Read);

    private static Dictionary<string, string> Read(string culture)
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream($"texts/{culture}.json")!;
        return JsonSerializer.Deserialize<Dictionary<string, string>>(stream)!;
    }
}
