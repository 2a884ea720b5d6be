using Microsoft.AspNetCore.Mvc.ModelBinding.Metadata;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.AspNetCore.Mvc.ViewFeatures;
using Microsoft.AspNetCore.Razor.TagHelpers;
using Nop.Services.Localization;
using Nop.Web.Framework.Mvc.ModelBinding;

namespace Nop.Web.Framework.TagHelpers.Admin;

/// <summary>The name of a property, and its hint.</summary>
[HtmlTargetElement("nop-label", Attributes = FOR_ATTRIBUTE_NAME, TagStructure = TagStructure.WithoutEndTag)]
public class NopLabelTagHelper(IHtmlGenerator generator, ILocalizationService localization) : TagHelper
{
    protected const string FOR_ATTRIBUTE_NAME = "asp-for";

    [HtmlAttributeName(FOR_ATTRIBUTE_NAME)]
    public ModelExpression For { get; set; }

    [HtmlAttributeName("asp-display-hint")]
    public bool DisplayHint { get; set; } = true;

    [HtmlAttributeNotBound]
    [ViewContext]
    public ViewContext ViewContext { get; set; }

    public override async Task ProcessAsync(TagHelperContext context, TagHelperOutput output)
    {
        var key = (For.Metadata as DefaultModelMetadata)?.Attributes.PropertyAttributes?
            .OfType<NopResourceDisplayNameAttribute>().FirstOrDefault()?.ResourceKey;
        var text = key is null ? null : await localization.GetResourceAsync(key);
        var hint = key is null || !DisplayHint ? null : await localization.GetResourceAsync(key + ".Hint");

        output.TagName = "div";
        output.TagMode = TagMode.StartTagAndEndTag;
        output.Attributes.SetAttribute("class", "label-wrapper");
        output.Content.SetHtmlContent(generator.GenerateLabel(ViewContext, For.ModelExplorer, For.Name, text, htmlAttributes: null));

        // A text that is missing comes back as its own name.
        if (!string.IsNullOrEmpty(hint) && hint != key + ".Hint")
        {
            var note = new TagBuilder("small");
            note.AddCssClass("hint");
            note.InnerHtml.AppendHtml(hint);
            output.Content.AppendHtml(note);
        }
    }
}
