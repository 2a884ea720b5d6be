using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;
using NUnit.Framework;

namespace Nop.Plugin.Payments.MultiSafepay.Tests.Contracts;

/// <summary>Writes TestData anew from a built nopCommerce, or from a full list of its types and members. How: Contracts/README.md.</summary>
[Explicit("Wants a built nopCommerce, or a list, in NOPCOMMERCE_API and its version in NOPCOMMERCE_VERSION")]
internal sealed class ApiRecorder
{
    [Test]
    public void The_API_of_a_built_nopCommerce_is_recorded()
    {
        var source = Required("NOPCOMMERCE_API");
        var version = Required("NOPCOMMERCE_VERSION");
        var flavour = Flavour.Get(string.Join('.', version.Split('.').Take(2)));
        var api = File.Exists(source) ? [.. File.ReadLines(source).Select(ApiLine.Parse)] : Read(source, flavour);
        var slice = Slice(api, flavour);

        File.WriteAllText(Path.Combine(SourceFolder(), "TestData", $"nopcommerce-{version}.txt"), string.Concat(slice.Select(line => line + "\n")));
    }

    /// <summary>Every member of the types that the Contracts declare, or that are recorded already, of this version or of another.</summary>
    private static IEnumerable<string> Slice(IEnumerable<ApiLine> api, Flavour flavour)
    {
        var wanted = flavour.Declared
            .Concat(RecordedApi.Files.SelectMany(File.ReadLines).Select(ApiLine.Parse))
            .Where(line => line.IsType)
            .Select(line => line.Name)
            .ToHashSet();

        return api
            .Where(line => wanted.Contains(line.IsType ? line.Name : line.DeclaringType))
            .Select(line => line.ToString())
            .Order(StringComparer.Ordinal);
    }

    private static IReadOnlyList<ApiLine> Read(string folder, Flavour flavour)
    {
        var assemblies = Directory.GetFiles(folder, "*.dll").ToLookup(
            path => Path.GetFileName(path) is "Nop.Core.dll" or "Nop.Data.dll" or "Nop.Services.dll" or "Nop.Web.Framework.dll" or "Nop.Web.dll",
            MetadataReference (path) => MetadataReference.CreateFromFile(path));

        return ApiLines.Read([.. assemblies[true]], [.. assemblies[false], .. flavour.Framework]);
    }

    private static string Required(string variable)
        => Environment.GetEnvironmentVariable(variable) ?? throw new InvalidOperationException($"{variable} is not set");

    private static string SourceFolder([CallerFilePath] string path = "") => Path.GetDirectoryName(path)!;
}
