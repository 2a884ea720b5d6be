using System.Collections;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.AspNetCore.Mvc.ViewFeatures;
using Microsoft.AspNetCore.Razor.TagHelpers;

namespace Nop.Web.Framework.TagHelpers.Admin;

/// <summary>The choice of a value for a property.</summary>
[HtmlTargetElement("nop-select", TagStructure = TagStructure.WithoutEndTag)]
public class NopSelectTagHelper(IHtmlGenerator generator) : TagHelper
{
    [HtmlAttributeName("asp-for")]
    public ModelExpression For { get; set; }

    [HtmlAttributeName("asp-for-name")]
    public string Name { get; set; }

    [HtmlAttributeName("asp-items")]
    public IEnumerable<SelectListItem> Items { get; set; } = [];

    [HtmlAttributeName("asp-required")]
    public string IsRequired { get; set; }

    [HtmlAttributeName("asp-multiple")]
    public string IsMultiple { get; set; }

    [HtmlAttributeNotBound]
    [ViewContext]
    public ViewContext ViewContext { get; set; }

    public override Task ProcessAsync(TagHelperContext context, TagHelperOutput output)
    {
        var multiple = FieldMarkup.IsTrue(IsMultiple);
        var attributes = output.Attributes.ToDictionary(attribute => attribute.Name, attribute => attribute.Value);
        attributes["class"] = string.Join(' ', new[] { attributes.GetValueOrDefault("class")?.ToString(), "form-control" }.OfType<string>());

        var select = generator.GenerateSelect(
            ViewContext, For?.ModelExplorer, optionLabel: null, For?.Name ?? Name, Items, Chosen(), multiple, attributes);

        FieldMarkup.Replace(output, select, FieldMarkup.IsTrue(IsRequired));

        return Task.CompletedTask;
    }

    /// <summary>The values of the property as the options spell them; null leaves the choice to the options.</summary>
    private List<string> Chosen() => For?.Model switch
    {
        null => null,
        string text => [text],
        Enum value => [value.ToString("d")],
        IEnumerable values => [.. values.Cast<object>().Select(value => value.ToString())],
        var value => [value.ToString()],
    };
}
