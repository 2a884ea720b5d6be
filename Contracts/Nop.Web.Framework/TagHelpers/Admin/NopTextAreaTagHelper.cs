using Microsoft.AspNetCore.Mvc.TagHelpers;
using Microsoft.AspNetCore.Mvc.ViewFeatures;
using Microsoft.AspNetCore.Razor.TagHelpers;

namespace Nop.Web.Framework.TagHelpers.Admin;

/// <summary>The input for a text of several lines.</summary>
[HtmlTargetElement("nop-textarea", Attributes = "asp-for")]
public class NopTextAreaTagHelper(IHtmlGenerator generator) : TextAreaTagHelper(generator)
{
    [HtmlAttributeName("html-attributes")]
    public object CustomHtmlAttributes { get; set; }

    [HtmlAttributeName("asp-required")]
    public string IsRequired { get; set; }

    public override Task ProcessAsync(TagHelperContext context, TagHelperOutput output)
    {
        output.TagName = "textarea";
        output.TagMode = TagMode.StartTagAndEndTag;
        output.Attributes.SetAttribute("class", "form-control");

        foreach (var (name, value) in HtmlHelper.AnonymousObjectToHtmlAttributes(CustomHtmlAttributes))
            output.Attributes.SetAttribute(name, value);

        if (FieldMarkup.IsTrue(IsRequired))
            output.PostElement.SetHtmlContent(FieldMarkup.RequiredMark());

        return base.ProcessAsync(context, output);
    }
}
