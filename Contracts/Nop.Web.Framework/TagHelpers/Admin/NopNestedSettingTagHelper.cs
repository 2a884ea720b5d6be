using System.Text.Json;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.AspNetCore.Mvc.ViewFeatures;
using Microsoft.AspNetCore.Razor.TagHelpers;

namespace Nop.Web.Framework.TagHelpers.Admin;

/// <summary>Settings that are shown only while another one is ticked.</summary>
[HtmlTargetElement("nop-nested-setting", Attributes = FOR_ATTRIBUTE_NAME)]
public class NopNestedSettingTagHelper : TagHelper
{
    protected const string FOR_ATTRIBUTE_NAME = "asp-for";

    [HtmlAttributeName(FOR_ATTRIBUTE_NAME)]
    public ModelExpression For { get; set; }

    [HtmlAttributeName("is-condition-invert")]
    public bool IsConditionInvert { get; set; }

    [HtmlAttributeName("disable-auto-generation")]
    public bool DisableAutoGeneration { get; set; }

    [HtmlAttributeNotBound]
    [ViewContext]
    public ViewContext ViewContext { get; set; }

    public override Task ProcessAsync(TagHelperContext context, TagHelperOutput output)
    {
        var parent = FieldMarkup.IdOf(ViewContext, For);
        var id = output.Attributes.TryGetAttribute("id", out var given) ? given.Value.ToString() : parent + "_nested";

        output.TagName = "div";
        output.TagMode = TagMode.StartTagAndEndTag;
        output.Attributes.SetAttribute("id", id);
        output.Attributes.SetAttribute("class", "nested-setting");

        if (!DisableAutoGeneration)
            output.PostElement.SetHtmlContent(FieldMarkup.Script($$"""
                addEventListener("DOMContentLoaded", () => {
                    const box = document.getElementById("{{parent}}");
                    const follow = () => document.getElementById({{JsonSerializer.Serialize(id)}}).hidden = box.checked === {{(IsConditionInvert ? "true" : "false")}};
                    box.addEventListener("change", follow);
                    follow();
                });
                """));

        return Task.CompletedTask;
    }
}
