using System.Text.RegularExpressions;
using NUnit.Framework;

namespace Nop.Plugin.Payments.MultiSafepay.Tests.Localization;

/// <summary>The texts of all languages keep to the glossary in Localization/README.md: one word for one thing.</summary>
[TestFixture]
internal sealed class GlossaryTests
{
    private static readonly IReadOnlyList<string[]> _rows =
    [
        .. File.ReadLines(Repository.PathOf("Nop.Plugin.Payments.MultiSafepay", "Localization", "README.md"))
            .Where(line => line.StartsWith('|') && !line.StartsWith("|-", StringComparison.Ordinal))
            .Select(line => line.Trim('|').Split('|', StringSplitOptions.TrimEntries))
    ];

    private static IEnumerable<TestCaseData> Forbidden() => _rows.Where(row => row is [var language, _, _] && Texts.Languages.Contains(language)).Select(row => new TestCaseData(row[0], row[1]));

    [TestCaseSource(nameof(Forbidden))]
    public void No_text_has_a_word_that_the_glossary_rules_out(string language, string word) =>
        Assert.That(Texts.Load(language).Where(text => Regex.IsMatch(text.Value, $@"(?<!\w){Regex.Escape(word)}", RegexOptions.IgnoreCase)).Select(text => text.Key), Is.Empty);

    [Test]
    public void Each_language_uses_the_words_of_the_glossary()
    {
        var words = _rows.Where(row => row.Length == Texts.Languages.Count).ToList();
        Assert.That(words, Has.Count.GreaterThan(10));
        string[] order = ["en", "nl", "de", "fr", "es", "it", "pt"];
        Assert.Multiple(() =>
        {
            foreach (var (language, word) in words.Skip(1).SelectMany(row => order.Zip(row)))
                Assert.That(Texts.Load(language).Values.Any(text => text.Contains(word[..Stem(word)], StringComparison.OrdinalIgnoreCase)), Is.True, $"{language}: {word}");
        });

        // Verbs are inflected, and German puts words together.
        static int Stem(string word) => word.Contains(' ', StringComparison.Ordinal) ? word.Length : Math.Min(word.Length, Math.Max(3, word.Length - 2));
    }
}
