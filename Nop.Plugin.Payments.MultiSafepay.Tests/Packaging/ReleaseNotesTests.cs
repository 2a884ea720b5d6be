using System.Diagnostics;
using NUnit.Framework;

namespace Nop.Plugin.Payments.MultiSafepay.Tests.Packaging;

/// <summary>.ci/release-notes: what a release says, and that it is not made by mistake.</summary>
[TestFixture]
[Platform(Exclude = "Win", Reason = "It is a shell script, for the build server.")]
public class ReleaseNotesTests
{
    private static readonly string _version = PluginVersion.OfBuild;

    private string _folder = string.Empty;

    [SetUp]
    public void CopyFiles()
    {
        _folder = Directory.CreateTempSubdirectory("multisafepay-release-").FullName;
        Directory.CreateDirectory(Path.Combine(_folder, ".ci"));
        foreach (var file in new[] { ".ci/release-notes", "Directory.Build.props", "plugin.json" })
            File.Copy(Repository.PathOf(file), Path.Combine(_folder, file));
        File.WriteAllText(Path.Combine(_folder, "CHANGELOG.md"), $"""
            # Changelog

            ## [Unreleased]

            - What is to come.

            ## [{_version}] - 2026-12-01

            ### Added

            - A point that is
              too long for a line.
            - Another one.

            ## [4.0.0] - 2020-01-01

            - What has been.
            """);
    }

    [TearDown]
    public void DeleteFolder() => Directory.Delete(_folder, recursive: true);

    [Test]
    public async Task The_release_notes_are_the_changelog_section_of_the_version_with_one_line_per_entry()
    {
        var (code, output, errors) = await RunAsync($"v{_version}");
        Assert.That((code, output.TrimEnd(), errors), Is.EqualTo((0, "### Added\n\n- A point that is too long for a line.\n- Another one.", "")));
    }

    [TestCase("")]
    [TestCase("4.90.1")]
    [TestCase("v4.90")]
    [TestCase("v4.90.1-rc")]
    [TestCase("v4.90.98765")]
    public async Task A_tag_that_does_not_match_the_version_is_rejected(string tag)
    {
        var (code, output, errors) = await RunAsync(tag);
        Assert.That((code, output), Is.EqualTo((1, "")));
        Assert.That(errors, Does.Contain(tag.Length > 0 ? tag : "v4.90.1"));
    }

    [TestCase("Directory.Build.props")]
    [TestCase("plugin.json")]
    public async Task A_version_that_differs_between_files_is_rejected(string file)
    {
        var path = Path.Combine(_folder, file);
        await File.WriteAllTextAsync(path, (await File.ReadAllTextAsync(path)).Replace(_version, "4.90.12345", StringComparison.Ordinal));

        var (code, output, errors) = await RunAsync($"v{_version}");
        Assert.That((code, output), Is.EqualTo((1, "")));
        Assert.That(errors, Does.Contain(file).And.Contain("4.90.12345"));
    }

    [Test]
    public async Task A_version_without_a_dated_changelog_section_is_rejected()
    {
        File.Copy(Path.Combine(_folder, "plugin.json"), Path.Combine(_folder, "CHANGELOG.md"), overwrite: true);

        var (code, output, errors) = await RunAsync($"v{_version}");
        Assert.That((code, output), Is.EqualTo((1, "")));
        Assert.That(errors, Does.Contain("CHANGELOG.md").And.Contain(_version));
    }

    private async Task<(int Code, string Output, string Errors)> RunAsync(string tag)
    {
        using var process = Process.Start(new ProcessStartInfo("bash", [Path.Combine(_folder, ".ci", "release-notes"), tag])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true
        })!;
        var (output, errors) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        using var timeout = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        await process.WaitForExitAsync(timeout.Token);
        return (process.ExitCode, await output, await errors);
    }
}
