using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Nop.Plugin.Payments.MultiSafepay.Tests.Contracts;

/// <summary>The plugin and the Contracts as built for one version of nopCommerce.</summary>
internal sealed class Flavour
{
    private static readonly string _root = Path.Combine(AppContext.BaseDirectory, "flavours");

    public static readonly IReadOnlyList<string> ContractNames = ["Nop.Core", "Nop.Data", "Nop.Services", "Nop.Web.Framework", "Nop.Web"];

    /// <summary>Every version that the plugin is built for, as a source of test fixtures.</summary>
    public static readonly IReadOnlyList<string> Versions = ["4.90", "4.80", "5.00"];

    private static readonly Dictionary<string, Flavour> _all = Versions.ToDictionary(version => version, version => new Flavour(version));

    private readonly string _folder;
    private readonly Lazy<IReadOnlyList<ApiLine>> _declared;
    private readonly Lazy<RecordedApi> _recorded;
    private readonly Lazy<IReadOnlyList<MetadataReference>> _framework;

    private Flavour(string nopVersion)
    {
        _folder = Path.Combine(_root, nopVersion);
        _declared = new(() => ApiLines.Read(ContractReferences, Framework));
        _recorded = new(() => RecordedApi.Load(nopVersion));
        _framework = new(() => [.. File.ReadLines(Path.Combine(_folder, "references.txt")).Select(path => MetadataReference.CreateFromFile(path))]);
    }

    public static Flavour Get(string nopVersion) => _all[nopVersion];

    /// <summary>What plugin and Contracts are compiled against beside each other: ASP.NET Core and FluentValidation.</summary>
    public IReadOnlyList<MetadataReference> Framework => _framework.Value;

    public string Plugin => PathOf("Nop.Plugin.Payments.MultiSafepay");

    /// <summary>A plugin of somebody else, that works together with this one.</summary>
    public string Sample => PathOf("OrderRequestSample");

    public IEnumerable<string> Contracts => ContractNames.Select(PathOf);

    public IReadOnlyList<MetadataReference> ContractReferences => [.. Contracts.Select(path => MetadataReference.CreateFromFile(path))];

    /// <summary>The public face of the Contracts, read from the assemblies.</summary>
    public IReadOnlyList<ApiLine> Declared => _declared.Value;

    /// <summary>The public face of nopCommerce itself, as recorded.</summary>
    public RecordedApi Recorded => _recorded.Value;

    private string PathOf(string assembly) => Path.Combine(_folder, assembly + ".dll");

    public CSharpCompilation Compile(string assemblyName, string source, params IEnumerable<MetadataReference> references)
        => CSharpCompilation.Create(
            assemblyName,
            [CSharpSyntaxTree.ParseText(source)],
            [.. Framework, .. references],
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary));
}
