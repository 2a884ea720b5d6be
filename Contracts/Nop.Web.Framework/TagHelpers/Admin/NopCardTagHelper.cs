using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.AspNetCore.Razor.TagHelpers;

namespace Nop.Web.Framework.TagHelpers.Admin;

/// <summary>A part of a page that can be folded up.</summary>
[HtmlTargetElement("nop-card", Attributes = "asp-name")]
public class NopCardTagHelper : TagHelper
{
    [HtmlAttributeName("asp-name")]
    public string Name { get; set; }

    [HtmlAttributeName("asp-title")]
    public string Title { get; set; }

    [HtmlAttributeName("asp-icon")]
    public string CardIconIsAdvanced { get; set; }

    [HtmlAttributeName("asp-hide-block-attribute-name")]
    public string HideBlockAttributeName { get; set; }

    [HtmlAttributeName("asp-hide")]
    public bool IsHide { get; set; }

    [HtmlAttributeName("asp-advanced")]
    public bool IsAdvanced { get; set; }

    public override async Task ProcessAsync(TagHelperContext context, TagHelperOutput output)
    {
        // nopCommerce fails without the first two, and leaves out the title without the third.
        foreach (var needed in new[] { "asp-hide", "asp-hide-block-attribute-name", "asp-icon" })
            if (!context.AllAttributes.ContainsName(needed))
                throw new InvalidOperationException($"The card {Name} has no {needed}.");

        var heading = new TagBuilder("summary");
        heading.InnerHtml.Append(Title ?? "");

        var fold = new TagBuilder("details");
        if (!IsHide)
            fold.Attributes["open"] = "";
        fold.InnerHtml.AppendHtml(heading).AppendHtml(await output.GetChildContentAsync());

        output.TagName = "section";
        output.Attributes.SetAttribute("id", Name);
        output.Attributes.SetAttribute("class", IsAdvanced ? "card advanced-setting" : "card");
        output.Attributes.SetAttribute("aria-label", Title);
        output.Content.SetHtmlContent(fold);
    }
}
