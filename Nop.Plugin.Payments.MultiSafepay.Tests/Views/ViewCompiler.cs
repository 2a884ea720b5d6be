using Microsoft.AspNetCore.Mvc.Razor.Extensions;
using Microsoft.AspNetCore.Razor.Language;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Razor;
using Nop.Plugin.Payments.MultiSafepay.Tests.Contracts;

namespace Nop.Plugin.Payments.MultiSafepay.Tests.Views;

/// <summary>
/// Compiles views as nopCommerce does when they are first shown: with Razor 6 and C# 10, against ASP.NET Core, nopCommerce and the plugin.
/// </summary>
internal sealed class ViewCompiler
{
    private readonly IReadOnlyList<MetadataReference> _references;
    private readonly IReadOnlyList<TagHelperDescriptor> _tagHelpers;

    public ViewCompiler(Flavour flavour)
    {
        _references = [.. flavour.Framework, .. flavour.ContractReferences, MetadataReference.CreateFromFile(flavour.Plugin), NopWeb(flavour)];
        _tagHelpers = TagHelpersIn(_references);
    }

    /// <summary>A line for everything that is wrong with a view; its path starts with a slash in the folder.</summary>
    public IReadOnlyList<string> Problems(string folder, string path)
    {
        var unbound = new UnboundTagHelpers();
        var engine = Engine(folder, new KnownTagHelpers(_tagHelpers), unbound);
        var code = engine.Process(engine.FileSystem.GetItem(path, fileKind: null)).GetCSharpDocument();
        var compilation = CSharpCompilation.Create(
            "view",
            [CSharpSyntaxTree.ParseText(code.GeneratedCode, new CSharpParseOptions(LanguageVersion.CSharp10))],
            _references,
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary));

        return
        [
            .. code.Diagnostics.Select(diagnostic => diagnostic.ToString()),
            .. compilation.GetDiagnostics().Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error).Select(diagnostic => diagnostic.ToString()),
            .. unbound.Found,
        ];
    }

    private static RazorProjectEngine Engine(string folder, params IRazorFeature[] features)
        => RazorProjectEngine.Create(RazorConfiguration.Default, RazorProjectFileSystem.Create(folder), builder =>
        {
            RazorExtensions.Register(builder);
            builder.SetCSharpLanguageVersion(LanguageVersion.CSharp10);

            foreach (var feature in features)
                builder.Features.Add(feature);
        });

    /// <summary>Looked for once: it takes longer than all the views.</summary>
    private static IReadOnlyList<TagHelperDescriptor> TagHelpersIn(IReadOnlyList<MetadataReference> references)
    {
        var search = new CompilationTagHelperFeature();
        Engine(
            AppContext.BaseDirectory,
            new DefaultMetadataReferenceFeature { References = references },
            new DefaultTagHelperDescriptorProvider(),
            new ViewComponentTagHelperDescriptorProvider(),
            search);

        return search.GetDescriptors();
    }

    /// <summary>The view components of Nop.Web, which the Contracts do not declare: as many as are recorded, empty.</summary>
    private static MetadataReference NopWeb(Flavour flavour)
    {
        var components = flavour.Recorded.Types
            .Where(type => type.Assembly == "Nop.Web" && type.Name.EndsWith("ViewComponent", StringComparison.Ordinal))
            .Select(type => $"namespace {type.DeclaringType} {{ public class {type.Name.Split('.')[^1]} : Nop.Web.Framework.Components.NopViewComponent; }}");

        return flavour.Compile("Nop.Web.Components", string.Join('\n', components), flavour.ContractReferences).EmitToImageReference();
    }

    /// <summary>Tag helpers that were found before.</summary>
    private sealed class KnownTagHelpers(IReadOnlyList<TagHelperDescriptor> descriptors) : RazorEngineFeatureBase, ITagHelperFeature
    {
        public IReadOnlyList<TagHelperDescriptor> GetDescriptors() => descriptors;
    }
}
