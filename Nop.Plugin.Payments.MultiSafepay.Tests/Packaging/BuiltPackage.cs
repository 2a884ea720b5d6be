using System.Collections;
using System.IO.Compression;
using NUnit.Framework;

namespace Nop.Plugin.Payments.MultiSafepay.Tests.Packaging;

/// <summary>
/// The zip, built once for all tests of this folder by build.ps1 in a copy of the sources: nothing of the build that is being tested is touched, nothing
/// stays behind, and nothing that a working copy happens to hold can end up in the zip. With <c>MULTISAFEPAY_PACKAGE</c> in the environment, the rules are
/// checked on that zip instead, which was built from the repository.
/// </summary>
internal sealed class BuiltPackage
{
    private static readonly string? _given = Environment.GetEnvironmentVariable("MULTISAFEPAY_PACKAGE");

    private static readonly Dictionary<string, string> _environment = new()
    {
        // The packages are restored already: the build needs no network, and must not wait for one.
        ["NuGetAudit"] = "false",

        // They look at the sources, and have done so when the tests were built.
        ["RunAnalyzers"] = "false",

        // No process of the build lives long enough for profiles that lead to better machine code.
        ["DOTNET_TieredPGO"] = "0",
        ["DOTNET_CLI_TELEMETRY_OPTOUT"] = "1",
        ["DOTNET_NOLOGO"] = "1"
    };

    private static readonly Lazy<BuiltPackage> _built = new(Build);

    private static readonly Lazy<byte[]> _zip = new(() => _given is null ? _built.Value._bytes : File.ReadAllBytes(_given));

    private readonly byte[] _bytes;
    private readonly string _path;
    private readonly string _folder;
    private readonly IReadOnlyList<object> _returned;

    private BuiltPackage(string folder, IReadOnlyList<object> returned)
    {
        (_folder, _returned) = (folder, returned);
        _path = Directory.EnumerateFiles(OutputFolder(folder)).Single();
        _bytes = File.ReadAllBytes(_path);
    }

    /// <summary>The zip's path, where the script was told to write it; the one that was built is there no more.</summary>
    public static string ZipPath => _given ?? _built.Value._path;

    /// <summary>Whether the zip is also for a nopCommerce that is not released (<c>-p:Preview=true</c>).</summary>
    public static bool IsPreview => _given?.EndsWith("-preview.zip", StringComparison.Ordinal) ?? false;

    /// <summary>What the script returned.</summary>
    public static IReadOnlyList<object> ScriptOutput => _built.Value._returned;

    /// <summary>Where it was built.</summary>
    public static string SourceFolder => _given is null ? _built.Value._folder : Repository.Root;

    /// <summary>Opens the zip.</summary>
    public static ZipArchive Open() => new(new MemoryStream(_zip.Value, writable: false));

    /// <summary>The bytes of a file in the zip.</summary>
    public static byte[] Read(string entry)
    {
        using var archive = Open();
        using var stream = (archive.GetEntry(entry) ?? throw new AssertionException($"The zip has no {entry}.")).Open();
        using var bytes = new MemoryStream();
        stream.CopyTo(bytes);
        return bytes.ToArray();
    }

    private static BuiltPackage Build()
    {
        var folder = Directory.CreateTempSubdirectory("multisafepay-package-").FullName;
        try
        {
            foreach (var file in Directory.EnumerateFiles(Repository.Root).Where(file => Path.GetFileName(file) != ".git"))
                File.Copy(file, Path.Combine(folder, Path.GetFileName(file)));
            foreach (var file in Repository.FilesBelow("Contracts").Concat(Repository.FilesBelow("Nop.Plugin.Payments.MultiSafepay")))
            {
                var copy = Path.Combine(folder, Path.GetRelativePath(Repository.Root, file));
                Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
                File.Copy(file, copy);
            }

            return new(folder, BuildScript.Run(folder, new Hashtable { ["Output"] = OutputFolder(folder) }, _environment));
        }
        finally
        {
            // What the tests look at is in memory by now.
            Directory.Delete(folder, recursive: true);
        }
    }

    // With a space in its name, as folders have them.
    private static string OutputFolder(string folder) => Path.Combine(folder, "out folder");
}
