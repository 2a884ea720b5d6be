using System.Collections;
using System.IO.Compression;
using NUnit.Framework;

namespace Nop.Plugin.Payments.MultiSafepay.Tests.Packaging;

/// <summary>
/// The zip, built once for all tests of this folder by build.ps1 in a copy of the sources: nothing of the build that is being tested is touched, nothing
/// stays behind, and nothing that a working copy happens to hold can end up in the zip. With <c>MULTISAFEPAY_PACKAGE</c> in the environment, the rules are
/// checked on that zip instead, which was built from the repository.
/// </summary>
[SetUpFixture]
internal sealed class BuiltPackage
{
    private static readonly string? _given = Environment.GetEnvironmentVariable("MULTISAFEPAY_PACKAGE");

    private static readonly Dictionary<string, string> _environment = new()
    {
        // The packages are restored already: the build needs no network, and must not wait for one.
        ["NuGetAudit"] = "false",
        ["DOTNET_CLI_TELEMETRY_OPTOUT"] = "1",
        ["DOTNET_NOLOGO"] = "1"
    };

    private static readonly Lazy<IReadOnlyList<object>> _returned = new(Build);

    private static string? _folder;

    /// <summary>The zip's path, where the script was told to write it.</summary>
    public static string ZipPath => _given ?? Directory.EnumerateFiles(OutputFolder(SourceFolder)).Single();

    /// <summary>What the script returned.</summary>
    public static IReadOnlyList<object> ScriptOutput => _returned.Value;

    /// <summary>Where it was built.</summary>
    public static string SourceFolder
    {
        get
        {
            if (_given is not null)
                return Repository.Root;
            _ = _returned.Value;
            return _folder!;
        }
    }

    /// <summary>Opens the zip.</summary>
    public static ZipArchive Open() => ZipFile.OpenRead(ZipPath);

    /// <summary>The bytes of a file in the zip.</summary>
    public static byte[] Read(string entry)
    {
        using var archive = Open();
        using var stream = (archive.GetEntry(entry) ?? throw new AssertionException($"The zip has no {entry}.")).Open();
        using var bytes = new MemoryStream();
        stream.CopyTo(bytes);
        return bytes.ToArray();
    }

    /// <summary>Removes the copy, also when the build has failed.</summary>
    [OneTimeTearDown]
    public void CleanUp()
    {
        if (_folder is not null)
            Directory.Delete(_folder, recursive: true);
    }

    private static IReadOnlyList<object> Build()
    {
        _folder = Directory.CreateTempSubdirectory("multisafepay-package-").FullName;
        foreach (var file in Directory.EnumerateFiles(Repository.Root).Where(file => Path.GetFileName(file) != ".git"))
            File.Copy(file, Path.Combine(_folder, Path.GetFileName(file)));
        foreach (var file in Repository.FilesBelow("Contracts").Concat(Repository.FilesBelow("Nop.Plugin.Payments.MultiSafepay")))
        {
            var copy = Path.Combine(_folder, Path.GetRelativePath(Repository.Root, file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy);
        }

        return BuildScript.Run(_folder, new Hashtable { ["Output"] = OutputFolder(_folder) }, _environment);
    }

    // With a space in its name, as folders have them.
    private static string OutputFolder(string folder) => Path.Combine(folder, "out folder");
}
