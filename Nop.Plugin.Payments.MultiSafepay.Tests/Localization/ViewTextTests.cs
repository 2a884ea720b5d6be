using System.Text;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Mvc.Razor.Extensions;
using Microsoft.AspNetCore.Razor.Language;
using Microsoft.AspNetCore.Razor.Language.Extensions;
using Microsoft.AspNetCore.Razor.Language.Intermediate;
using NUnit.Framework;

namespace Nop.Plugin.Payments.MultiSafepay.Tests.Localization;

/// <summary>A view has no text of its own: what people read comes from the texts, in their language.</summary>
[TestFixture]
public partial class ViewTextTests
{
    private static IEnumerable<TestCaseData> Views() =>
        Repository.FilesBelow("Nop.Plugin.Payments.MultiSafepay/Views", "*.cshtml").Select(file => new TestCaseData(file) { TestName = $"{Path.GetFileName(file)} has no hard-coded text" });

    [TestCaseSource(nameof(Views))]
    public void A_view_has_no_hard_coded_text(string file) => Assert.That(TextsIn(File.ReadAllText(file)), Is.Empty);

    // The check itself, on what it must find and on what it must leave alone.
    [TestCase("<p>Pay now</p>", "Pay now")]
    [TestCase("<p class=\"@Model.Css\">@T(\"Key\") soon</p>", "soon")]
    [TestCase("@if (Model.Late)\n{\n    <b>Late</b>\n}", "Late")]
    [TestCase("@section left {\n    <b>Late</b>\n}", "Late")]
    [TestCase("<img alt=\"A card\" />", "A card")]
    [TestCase("<input type=\"submit\" value=\"Send\" />", "Send")]
    [TestCase("<a title='Help' href=\"/help\">?</a>", "Help")]
    public void A_hard_coded_text_in_a_view_is_found(string view, string text) => Assert.That(TextsIn(view), Is.EqualTo(new[] { text }));

    [TestCase("<p>@T(\"Key\"): @Model.Amount (1 &nbsp; 2)</p>")]
    [TestCase("@* a comment *@<!-- another -->@{ var text = \"code\"; }")]
    [TestCase("@foreach (var row in Model.Rows)\n{\n    <td title=\"@row.Title\" class=\"wide cell\">@row.Text</td>\n}")]
    [TestCase("@section left\n{\n    @await Component.InvokeAsync(\"CustomerNavigation\")\n}")]
    [TestCase("<script>const a = 'b';</script><style>p { color: red }</style>")]
    [TestCase("<input type=\"hidden\" value=\"secret\" /><nop-select asp-for=\"Field\" />")]
    public void Markup_without_text_is_not_reported(string view) => Assert.That(TextsIn(view), Is.Empty);

    private static IReadOnlyList<string> TextsIn(string view)
    {
        var html = new StringBuilder();
        Write(Document(view), html);

        var markup = Invisible().Replace(html.ToString(), string.Empty);
        var attributes = Tag().Matches(markup)
            .Where(tag => !HiddenInput().IsMatch(tag.Value))
            .SelectMany(tag => ReadAttribute().Matches(tag.Value).Select(attribute => attribute.Groups["text"].Value));
        return [.. Tag().Split(markup).Concat(attributes).Select(text => Entity().Replace(text, string.Empty).Trim()).Where(text => text.Any(char.IsLetter))];
    }

    private static DocumentIntermediateNode Document(string view)
    {
        var engine = RazorProjectEngine.Create(RazorConfiguration.Default, RazorProjectFileSystem.Create(Path.GetTempPath()), builder =>
        {
            ModelDirective.Register(builder);
            InjectDirective.Register(builder);
            SectionDirective.Register(builder);
        });
        return engine.Process(RazorSourceDocument.Create(view, "view.cshtml"), "mvc", [], []).GetDocumentIntermediateNode();
    }

    // The HTML as it stands in the view, with nothing in the place of code.
    private static void Write(IntermediateNode node, StringBuilder html)
    {
        switch (node)
        {
            case HtmlAttributeIntermediateNode attribute:
                html.Append(attribute.Prefix);
                foreach (var value in attribute.Children.OfType<HtmlAttributeValueIntermediateNode>())
                {
                    html.Append(value.Prefix);
                    WriteTokens(value, html);
                }

                html.Append(attribute.Suffix);
                break;
            case HtmlContentIntermediateNode:
                WriteTokens(node, html);
                break;
            default:
                foreach (var child in node.Children)
                    Write(child, html);
                break;
        }
    }

    private static void WriteTokens(IntermediateNode node, StringBuilder html)
    {
        foreach (var token in node.Children.OfType<IntermediateToken>().Where(token => token.IsHtml))
            html.Append(token.Content);
    }

    [GeneratedRegex("<!--.*?-->|<(script|style)\\b.*?</\\1>", RegexOptions.Singleline | RegexOptions.IgnoreCase)]
    private static partial Regex Invisible();

    [GeneratedRegex("<[^>]*>")]
    private static partial Regex Tag();

    [GeneratedRegex("\\btype\\s*=\\s*[\"']hidden[\"']", RegexOptions.IgnoreCase)]
    private static partial Regex HiddenInput();

    [GeneratedRegex("(?<=\\s)(?:title|alt|placeholder|value|aria-label|asp-title)\\s*=\\s*(?<quote>[\"'])(?<text>.*?)\\k<quote>", RegexOptions.IgnoreCase)]
    private static partial Regex ReadAttribute();

    [GeneratedRegex("&#?\\w+;")]
    private static partial Regex Entity();
}
