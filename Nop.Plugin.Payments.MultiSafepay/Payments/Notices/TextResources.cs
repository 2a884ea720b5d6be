using System.Globalization;
using System.Text.Json;
using Nop.Core.Domain.Localization;

namespace Nop.Plugin.Payments.MultiSafepay.Payments.Notices;

/// <summary>The plugin's texts, embedded as one resource file a language; the keys in it stand below <see cref="MultiSafepayDefaults.ResourcePrefix"/>.</summary>
public static class TextResources
{
    /// <summary>The languages that the plugin speaks, as two-letter codes. English is the one that all fall back to.</summary>
    public static IReadOnlyList<string> Languages { get; } = ["de", "en", "es", "fr", "it", "nl", "pt"];

    /// <summary>The texts of one of <see cref="Languages"/>, with their full keys.</summary>
    internal static Dictionary<string, string> Read(string language)
    {
        using var stream = typeof(TextResources).Assembly.GetManifestResourceStream($"{typeof(MultiSafepayDefaults).Namespace}.Localization.{language}.json")
            ?? throw new InvalidOperationException($"The plugin has no texts for '{language}'.");
        var texts = JsonSerializer.Deserialize<Dictionary<string, string>>(stream) ?? [];
        return texts.ToDictionary(text => $"{MultiSafepayDefaults.ResourcePrefix}.{text.Key}", text => text.Value, StringComparer.Ordinal);
    }

    /// <summary>The texts for one of the shop's languages; English for one that the plugin does not speak, or none.</summary>
    internal static Dictionary<string, string> For(Language? language)
    {
        // The language without its region: de-AT is German, and fil-PH is not Finnish.
        var code = (language?.LanguageCulture ?? string.Empty).Split('-', '_')[0].ToLower(CultureInfo.InvariantCulture);
        return Read(Languages.Contains(code, StringComparer.Ordinal) ? code : "en");
    }
}
