using System.Text.Json;

namespace Nop.Plugin.Payments.MultiSafepay.Tests.Localization;

/// <summary>The plugin's texts as they lie in the repository, with the short keys of the files.</summary>
internal static class Texts
{
    /// <summary>The languages that have a file.</summary>
    public static IReadOnlyList<string> Languages { get; } =
        [.. Repository.FilesBelow("Nop.Plugin.Payments.MultiSafepay/Localization", "*.json").Select(file => Path.GetFileNameWithoutExtension(file))];

    /// <summary>The texts of a language, in the order of the file. A key that stands there twice is an error.</summary>
    public static IReadOnlyDictionary<string, string> Load(string language)
    {
        var texts = new OrderedDictionary<string, string>(StringComparer.Ordinal);
        using var file = JsonDocument.Parse(File.ReadAllBytes(Repository.PathOf("Nop.Plugin.Payments.MultiSafepay", "Localization", $"{language}.json")));
        foreach (var text in file.RootElement.EnumerateObject())
            texts.Add(text.Name, text.Value.GetString()!);
        return texts;
    }
}
