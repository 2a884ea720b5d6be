#if NOP_500
using Microsoft.AspNetCore.Mvc.ModelBinding.Metadata;
using Microsoft.AspNetCore.Mvc.ViewFeatures;
using Microsoft.AspNetCore.Razor.TagHelpers;
using Nop.Services.Localization;
using Nop.Web.Framework.Mvc.ModelBinding;

namespace Nop.Web.Framework.TagHelpers.Public;

/// <summary>
/// The label of a property. From 5.00 on it replaces what stands in the element, by a second label with the name of the property: the localized one where an attribute gives it, else its name
/// in the code.
/// </summary>
[HtmlTargetElement("label", Attributes = FOR_ATTRIBUTE_NAME)]
public class LabelTagHelper(IHtmlGenerator generator, ILocalizationService localization) : Microsoft.AspNetCore.Mvc.TagHelpers.LabelTagHelper(generator)
{
    protected const string FOR_ATTRIBUTE_NAME = "asp-for";
    protected const string POSTFIX_ATTRIBUTE_NAME = "asp-postfix";

    [HtmlAttributeName(POSTFIX_ATTRIBUTE_NAME)]
    public string Postfix { get; set; }

    public override async Task ProcessAsync(TagHelperContext context, TagHelperOutput output)
    {
        var key = (For.Metadata as DefaultModelMetadata)?.Attributes.PropertyAttributes?
            .OfType<NopResourceDisplayNameAttribute>().FirstOrDefault()?.ResourceKey;
        var text = key is null ? null : await localization.GetResourceAsync(key);

        output.Content.SetHtmlContent(Generator.GenerateLabel(ViewContext, For.ModelExplorer, For.Name, text, htmlAttributes: null));
        if (!string.IsNullOrEmpty(Postfix))
            output.Content.Append(Postfix);
    }
}
#endif
