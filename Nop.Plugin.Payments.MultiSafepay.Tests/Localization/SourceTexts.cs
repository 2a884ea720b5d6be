using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Nop.Plugin.Payments.MultiSafepay.Tests.Localization;

/// <summary>
/// The strings in the plugin's source that can be keys of texts. What the code puts in at run time is shown as <c>*</c>; the prefix of all keys is filled in.
/// </summary>
internal static partial class SourceTexts
{
    private const string Hole = "*";

    // Parsed once: some twenty questions are asked of all files.
    private static readonly Lazy<IReadOnlyList<SyntaxNode>> _code = new(() => [.. Repository.FilesBelow("Nop.Plugin.Payments.MultiSafepay", "*.cs").Select(Parse)]);

    /// <summary>All strings of code and views.</summary>
    public static IReadOnlyList<string> All { get; } = [.. OfCode().Concat(OfViews()).Distinct()];

    /// <summary>What the calls of a method, anywhere in the code, hand over at a position: one string for each call.</summary>
    public static IEnumerable<string> Arguments(string method, int position) =>
        from file in _code.Value
        from call in file.DescendantNodes().OfType<InvocationExpressionSyntax>()
        where NameOf(call.Expression) == method && call.ArgumentList.Arguments.Count > position
        from text in call.ArgumentList.Arguments[position].DescendantNodes().OfType<ExpressionSyntax>().Select(TextOf)
        where text is not null
        select text;

    /// <summary>What the creations of a type, anywhere in the code, hand over at a position: one string for each.</summary>
    public static IEnumerable<string> CreationArguments(string type, int position) =>
        from file in _code.Value
        from creation in file.DescendantNodes().OfType<ObjectCreationExpressionSyntax>()
        where NameOf(creation.Type) == type
        from text in creation.ArgumentList!.Arguments[position].DescendantNodes().OfType<ExpressionSyntax>().Select(TextOf)
        where text is not null
        select text;

    private static IEnumerable<string> OfCode() =>
        from file in _code.Value
        from node in file.DescendantNodes().OfType<ExpressionSyntax>()
        let text = TextOf(node)
        where text is not null
        select text;

    private static IEnumerable<string> OfViews() =>
        from file in Repository.FilesBelow("Nop.Plugin.Payments.MultiSafepay/Views", "*.cshtml")
        from Match match in StringLiteral().Matches(File.ReadAllText(file))
        select match.Groups["dollar"].Success ? InterpolatedHole().Replace(match.Groups["text"].Value, Hole) : match.Groups["text"].Value;

    private static SyntaxNode Parse(string file) => CSharpSyntaxTree.ParseText(File.ReadAllText(file), new CSharpParseOptions(LanguageVersion.Preview)).GetRoot();

    private static string NameOf(ExpressionSyntax expression) => expression switch
    {
        IdentifierNameSyntax name => name.Identifier.ValueText,
        MemberAccessExpressionSyntax member => member.Name.Identifier.ValueText,
        _ => string.Empty
    };

    private static string? TextOf(ExpressionSyntax expression) => expression switch
    {
        LiteralExpressionSyntax literal when literal.IsKind(SyntaxKind.StringLiteralExpression) => literal.Token.ValueText,
        InterpolatedStringExpressionSyntax interpolated => string.Concat(interpolated.Contents.Select(content => content switch
        {
            InterpolatedStringTextSyntax text => text.TextToken.ValueText,
            InterpolationSyntax { Expression: var inner } when NameOf(inner) == nameof(MultiSafepayDefaults.ResourcePrefix) => MultiSafepayDefaults.ResourcePrefix,
            _ => Hole
        })),
        _ => null
    };

    [GeneratedRegex("""(?<dollar>\$)?"(?<text>[^"\n]*)" """, RegexOptions.IgnorePatternWhitespace)]
    private static partial Regex StringLiteral();

    [GeneratedRegex(@"\{[^}]*\}")]
    private static partial Regex InterpolatedHole();
}
