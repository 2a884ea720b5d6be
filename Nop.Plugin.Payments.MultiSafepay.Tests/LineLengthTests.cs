using Microsoft.CodeAnalysis;
using NUnit.Framework;

namespace Nop.Plugin.Payments.MultiSafepay.Tests;

/// <summary>.editorconfig says how long a line may be, and each file keeps to it.</summary>
[TestFixture]
internal sealed class LineLengthTests
{
    // What a build or a tool leaves behind, besides what Repository leaves out.
    private static readonly string[] _notOurs = [".git", "artifacts", "TestResults"];

    private static readonly AnalyzerConfigSet _editorConfig = AnalyzerConfigSet.Create(
        new[] { AnalyzerConfig.Parse(File.ReadAllText(Repository.PathOf(".editorconfig")), Slashed(Repository.PathOf(".editorconfig"))) });

    private static IEnumerable<string> Files => Directory.EnumerateFiles(Repository.Root)
        .Concat(Directory.EnumerateDirectories(Repository.Root).Select(folder => Path.GetFileName(folder)!).Except(_notOurs).SelectMany(folder => Repository.FilesBelow(folder)));

    [Test]
    public void No_line_is_longer_than_editorconfig_allows()
    {
        var declared = Files.Select(file => (File: file, Limit: LimitOf(file))).Where(pair => pair.Limit is not null).ToList();
        Assert.That(declared.Select(pair => Path.GetExtension(pair.File)).Distinct(), Is.SupersetOf(new[] { ".cs", ".ps1", ".sh" }), "the limits are read");

        var tooLong = declared.SelectMany(pair => File.ReadLines(pair.File).Select((line, index) => (line.Length, Number: index + 1))
            .Where(line => line.Length > pair.Limit)
            .Select(line => $"{Slashed(Path.GetRelativePath(Repository.Root, pair.File))}:{line.Number}: {line.Length} characters, {pair.Limit} are allowed"));
        Assert.That(string.Join(Environment.NewLine, tooLong), Is.Empty, "max_line_length in .editorconfig");
    }

    [TestCase("Nop.Plugin.Payments.MultiSafepay/MultiSafepayDefaults.cs", true)]
    [TestCase("build.ps1", true)]
    [TestCase(".ci/run", true)]
    [TestCase("README.md", false)]
    [TestCase("Nop.Plugin.Payments.MultiSafepay/Views/Admin/Configure.cshtml", false)]
    public void Code_has_a_limit_and_prose_and_markup_have_none(string file, bool isLimited)
    {
        Assert.That(Repository.PathOf(file), Does.Exist);
        Assert.That(LimitOf(Repository.PathOf(file)).HasValue, Is.EqualTo(isLimited));
    }

    private static int? LimitOf(string file) =>
        _editorConfig.GetOptionsForSourcePath(Slashed(file)).AnalyzerOptions.TryGetValue("max_line_length", out var text) && int.TryParse(text, out var limit) ? limit : null;

    private static string Slashed(string path) => path.Replace(Path.DirectorySeparatorChar, '/');
}
