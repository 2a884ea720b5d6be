using System.Globalization;
using System.IO.Compression;
using Nop.Core.Domain.Localization;

namespace Nop.Plugin.Payments.MultiSafepay.Payments.Notices;

/// <summary>
/// The plugin's texts, from the files of the folder Localization, whose keys are relative to <see cref="MultiSafepayDefaults.ResourcePrefix"/>. The build puts all of them into one compressed
/// resource (Texts.targets): a line with the languages, a line for each key, and then for each language a line for each text, in the same order.
/// </summary>
public static class TextResources
{
    /// <summary>The languages that the plugin has texts for, as two-letter codes. English is the fallback for all others.</summary>
    public static IReadOnlyList<string> Languages { get; } = ["de", "en", "es", "fr", "it", "nl", "pt"];

    // An installation reads them for each language in turn; afterwards nothing keeps them in memory.
    private static readonly WeakReference<string[]?> _lines = new(null);

    /// <summary>The texts of one of <see cref="Languages"/>, with their full keys.</summary>
    /// <exception cref="InvalidOperationException">There are no texts for this language.</exception>
    internal static Dictionary<string, string> Read(string language)
    {
        var lines = Lines();
        var languages = lines[0].Split(',');
        var position = Array.IndexOf(languages, language) + 1;
        if (position == 0)
            throw new InvalidOperationException($"The plugin has no texts for '{language}'.");
        var keys = (lines.Length - 1) / (languages.Length + 1);
        return Enumerable.Range(1, keys).ToDictionary(key => $"{MultiSafepayDefaults.ResourcePrefix}.{lines[key]}", key => lines[key + position * keys], StringComparer.Ordinal);
    }

    private static string[] Lines()
    {
        if (_lines.TryGetTarget(out var known))
            return known;
        using var stream = typeof(TextResources).Assembly.GetManifestResourceStream("texts.br")!;
        using var reader = new StreamReader(new BrotliStream(stream, CompressionMode.Decompress));
        var lines = reader.ReadToEnd().Split('\n');
        _lines.SetTarget(lines);
        return lines;
    }

    /// <summary>The texts for one of the shop's languages; English for null and for a language that the plugin has no texts for.</summary>
    internal static Dictionary<string, string> For(Language? language)
    {
        // The language without its region. The whole code is compared, not its first two letters: de-AT is German, but fil-PH is not Finnish.
        var code = (language?.LanguageCulture ?? string.Empty).Split('-', '_')[0].ToLower(CultureInfo.InvariantCulture);
        return Read(Languages.Contains(code, StringComparer.Ordinal) ? code : "en");
    }
}
