using System.Text.Json;
using Microsoft.AspNetCore.Razor.TagHelpers;
using Nop.Services.Localization;

namespace Nop.Web.Framework.TagHelpers.Admin;

/// <summary>A question before a button does its work. As in nopCommerce, the further text is the name of a resource, and a button without a name does nothing.</summary>
[HtmlTargetElement("nop-action-confirmation", Attributes = "asp-button-id", TagStructure = TagStructure.WithoutEndTag)]
public class NopActionConfirmationTagHelper(ILocalizationService localization) : TagHelper
{
    [HtmlAttributeName("asp-button-id")]
    public string ButtonId { get; set; }

    [HtmlAttributeName("asp-action")]
    public string Action { get; set; }

    [HtmlAttributeName("asp-additional-confirm")]
    public string ConfirmText { get; set; }

    public override async Task ProcessAsync(TagHelperContext context, TagHelperOutput output)
    {
        var question = string.IsNullOrEmpty(ConfirmText) ? "Are you sure?" : await localization.GetResourceAsync(ConfirmText);
        output.SuppressOutput();
        output.Content.SetHtmlContent(FieldMarkup.Script($$"""
            addEventListener("DOMContentLoaded", () =>
                document.getElementById({{JsonSerializer.Serialize(ButtonId)}}).addEventListener("click", event => {
                    if (!event.currentTarget.name || !confirm({{JsonSerializer.Serialize(question)}})) event.preventDefault();
                }));
            """));
    }
}
