using System.Globalization;
using System.Text.Json;
using Nop.Core.Domain.Localization;

namespace Nop.Plugin.Payments.MultiSafepay.Payments.Notices;

/// <summary>The plugin's texts, embedded as one resource file for each language. The keys in the files are relative to <see cref="MultiSafepayDefaults.ResourcePrefix"/>.</summary>
public static class TextResources
{
    /// <summary>The languages that the plugin has texts for, as two-letter codes. English is the fallback for all others.</summary>
    public static IReadOnlyList<string> Languages { get; } = ["de", "en", "es", "fr", "it", "nl", "pt"];

    /// <summary>The texts of one of <see cref="Languages"/>, with their full keys.</summary>
    /// <exception cref="InvalidOperationException">There are no texts for this language.</exception>
    internal static Dictionary<string, string> Read(string language)
    {
        using var stream = typeof(TextResources).Assembly.GetManifestResourceStream($"{typeof(MultiSafepayDefaults).Namespace}.Localization.{language}.json")
            ?? throw new InvalidOperationException($"The plugin has no texts for '{language}'.");
        var texts = JsonSerializer.Deserialize<Dictionary<string, string>>(stream) ?? [];
        return texts.ToDictionary(text => $"{MultiSafepayDefaults.ResourcePrefix}.{text.Key}", text => text.Value, StringComparer.Ordinal);
    }

    /// <summary>The texts for one of the shop's languages; English for null and for a language that the plugin has no texts for.</summary>
    internal static Dictionary<string, string> For(Language? language)
    {
        // The language without its region. The whole code is compared, not its first two letters: de-AT is German, but fil-PH is not Finnish.
        var code = (language?.LanguageCulture ?? string.Empty).Split('-', '_')[0].ToLower(CultureInfo.InvariantCulture);
        return Read(Languages.Contains(code, StringComparer.Ordinal) ? code : "en");
    }
}
