using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Razor.Language;
using Microsoft.AspNetCore.Razor.Language.Intermediate;

namespace Nop.Plugin.Payments.MultiSafepay.Tests.Views;

/// <summary>
/// Finds what looks like a tag helper and is none: to Razor an element or attribute that no tag helper knows is plain HTML, so a
/// misspelt one goes to the browser as it is.
/// </summary>
internal sealed partial class UnboundTagHelpers : IntermediateNodePassBase, IRazorDocumentClassifierPass
{
    private readonly List<string> _found = [];

    public IReadOnlyList<string> Found => _found;

    /// <summary>After the document has its shape, before tag helpers become C#.</summary>
    public override int Order => int.MaxValue;

    protected override void ExecuteCore(RazorCodeDocument codeDocument, DocumentIntermediateNode documentNode) => Search(documentNode);

    private void Search(IntermediateNode node)
    {
        var suspects = node switch
        {
            TagHelperHtmlAttributeIntermediateNode attribute => Asp().Matches($" {attribute.AttributeName}="),
            HtmlAttributeIntermediateNode attribute => Asp().Matches($" {attribute.AttributeName}="),
            HtmlContentIntermediateNode html => Suspect().Matches(string.Concat(html.Children.OfType<IntermediateToken>().Select(token => token.Content))),
            _ => Enumerable.Empty<Match>(),
        };
        var line = node.Source is { } source ? source.LineIndex + 1 : 0;

        _found.AddRange(suspects.Select(match => $"{node.Source?.FilePath}({line}): {match.Value.Trim()} is no tag helper"));

        foreach (var child in node.Children)
            Search(child);
    }

    [GeneratedRegex(@"\sasp-[\w-]+=")]
    private static partial Regex Asp();

    [GeneratedRegex(@"<nop-[\w-]+|\sasp-[\w-]+=")]
    private static partial Regex Suspect();
}
