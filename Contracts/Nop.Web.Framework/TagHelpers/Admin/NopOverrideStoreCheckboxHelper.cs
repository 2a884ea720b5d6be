using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.AspNetCore.Mvc.ViewFeatures;
using Microsoft.AspNetCore.Razor.TagHelpers;

namespace Nop.Web.Framework.TagHelpers.Admin;

/// <summary>Whether a store has a value of its own. Shown only where a store is chosen.</summary>
[HtmlTargetElement("nop-override-store-checkbox", Attributes = FOR_ATTRIBUTE_NAME, TagStructure = TagStructure.WithoutEndTag)]
public class NopOverrideStoreCheckboxHelper(IHtmlGenerator generator) : TagHelper
{
    protected const string FOR_ATTRIBUTE_NAME = "asp-for";

    [HtmlAttributeName(FOR_ATTRIBUTE_NAME)]
    public ModelExpression For { get; set; }

    [HtmlAttributeName("asp-input")]
    public ModelExpression Input { get; set; }

    [HtmlAttributeName("asp-input2")]
    public ModelExpression Input2 { get; set; }

    [HtmlAttributeName("asp-store-scope")]
    public int StoreScope { get; set; }

    [HtmlAttributeName("asp-parent-container")]
    public string ParentContainer { get; set; }

    [HtmlAttributeNotBound]
    [ViewContext]
    public ViewContext ViewContext { get; set; }

    public override Task ProcessAsync(TagHelperContext context, TagHelperOutput output)
    {
        output.SuppressOutput();

        if (StoreScope <= 0)
            return Task.CompletedTask;

        var inputs = new[] { Input, Input2 }.OfType<ModelExpression>().Select(input => "#" + FieldMarkup.IdOf(ViewContext, input)).ToList();
        var selector = inputs.Count > 0 ? string.Join(", ", inputs) : $"#{ParentContainer} :is(input, select, textarea)";
        var id = FieldMarkup.IdOf(ViewContext, For);

        output.Content.AppendHtml(generator.GenerateCheckBox(ViewContext, For.ModelExplorer, For.Name, For.Model as bool?, new Dictionary<string, object>
        {
            ["class"] = "multi-store-override-option",
            ["aria-label"] = "A value of its own for this store",
            ["data-for-input-selector"] = selector,
        }));
        output.Content.AppendHtml(generator.GenerateHiddenForCheckbox(ViewContext, For.ModelExplorer, For.Name));
        output.Content.AppendHtml(FieldMarkup.Script($$"""
            addEventListener("DOMContentLoaded", () => {
                const box = document.getElementById("{{id}}");
                const follow = () => document.querySelectorAll(box.dataset.forInputSelector).forEach(input => input.disabled = !box.checked);
                box.addEventListener("change", follow);
                follow();
            });
            """));

        return Task.CompletedTask;
    }
}
