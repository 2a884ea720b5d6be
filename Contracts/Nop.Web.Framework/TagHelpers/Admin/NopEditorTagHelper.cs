using Microsoft.AspNetCore.Html;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.AspNetCore.Mvc.ViewFeatures;
using Microsoft.AspNetCore.Razor.TagHelpers;

namespace Nop.Web.Framework.TagHelpers.Admin;

/// <summary>The input for a property, by its type.</summary>
[HtmlTargetElement("nop-editor", Attributes = FOR_ATTRIBUTE_NAME, TagStructure = TagStructure.WithoutEndTag)]
public class NopEditorTagHelper(IHtmlGenerator generator) : TagHelper
{
    protected const string FOR_ATTRIBUTE_NAME = "asp-for";

    [HtmlAttributeName(FOR_ATTRIBUTE_NAME)]
    public ModelExpression For { get; set; }

    [HtmlAttributeName("html-attributes")]
    public object CustomHtmlAttributes { get; set; }

    [HtmlAttributeName("asp-required")]
    public string IsRequired { get; set; }

    [HtmlAttributeName("asp-render-form-control-class")]
    public string RenderFormControlClass { get; set; }

    [HtmlAttributeName("asp-template")]
    public string Template { get; set; }

    [HtmlAttributeName("asp-postfix")]
    public string Postfix { get; set; }

    [HtmlAttributeNotBound]
    [ViewContext]
    public ViewContext ViewContext { get; set; }

    public override Task ProcessAsync(TagHelperContext context, TagHelperOutput output)
    {
        var content = new HtmlContentBuilder().AppendHtml(Input());

        if (!string.IsNullOrEmpty(Postfix))
            content.Append(" " + Postfix);

        FieldMarkup.Replace(output, content, FieldMarkup.IsTrue(IsRequired));

        return Task.CompletedTask;
    }

    private IHtmlContent Input()
    {
        var attributes = HtmlHelper.AnonymousObjectToHtmlAttributes(CustomHtmlAttributes);
        var type = For.Metadata.UnderlyingOrModelType;

        if (type == typeof(bool))
            return new HtmlContentBuilder()
                .AppendHtml(generator.GenerateCheckBox(ViewContext, For.ModelExplorer, For.Name, For.Model as bool?, attributes))
                .AppendHtml(generator.GenerateHiddenForCheckbox(ViewContext, For.ModelExplorer, For.Name));

        attributes["class"] = "form-control";

        if (For.Metadata.DataTypeName == nameof(System.ComponentModel.DataAnnotations.DataType.Password))
            return generator.GeneratePassword(ViewContext, For.ModelExplorer, For.Name, null, attributes);

        if (type == typeof(int) || type == typeof(decimal))
        {
            // Text, not number: the value is written in the language of the admin, and a number input knows only the invariant one.
            attributes["inputmode"] = type == typeof(int) ? "numeric" : "decimal";
        }

        return generator.GenerateTextBox(ViewContext, For.ModelExplorer, For.Name, For.Model, null, attributes);
    }
}
