using Microsoft.AspNetCore.Razor.TagHelpers;

namespace Nop.Web.Framework.TagHelpers.Admin;

/// <summary>Where to read more.</summary>
[HtmlTargetElement("nop-doc-reference", Attributes = "asp-string-resource", TagStructure = TagStructure.WithoutEndTag)]
public class NopDocReferenceTagHelper : TagHelper
{
    [HtmlAttributeName("asp-string-resource")]
    public string StringResource { get; set; }

    [HtmlAttributeName("asp-add-wrapper")]
    public bool AddWrapper { get; set; } = true;

    public override Task ProcessAsync(TagHelperContext context, TagHelperOutput output)
    {
        output.TagName = AddWrapper ? "p" : null;
        output.TagMode = TagMode.StartTagAndEndTag;
        output.Attributes.SetAttribute("class", "documentation-reference");
        output.Content.SetHtmlContent(StringResource);

        return Task.CompletedTask;
    }
}
