using System.Text.Json;
using Microsoft.AspNetCore.Razor.TagHelpers;

namespace Nop.Web.Framework.TagHelpers.Admin;

/// <summary>A question before a button does its work.</summary>
[HtmlTargetElement("nop-action-confirmation", Attributes = "asp-button-id", TagStructure = TagStructure.WithoutEndTag)]
public class NopActionConfirmationTagHelper : TagHelper
{
    [HtmlAttributeName("asp-button-id")]
    public string ButtonId { get; set; }

    [HtmlAttributeName("asp-action")]
    public string Action { get; set; }

    [HtmlAttributeName("asp-additional-confirm")]
    public string ConfirmText { get; set; }

    public override Task ProcessAsync(TagHelperContext context, TagHelperOutput output)
    {
        output.SuppressOutput();
        output.Content.SetHtmlContent(FieldMarkup.Script($$"""
            addEventListener("DOMContentLoaded", () =>
                document.getElementById({{JsonSerializer.Serialize(ButtonId)}}).addEventListener("click", event => {
                    if (!confirm({{JsonSerializer.Serialize(ConfirmText ?? "Are you sure?")}})) event.preventDefault();
                }));
            """));

        return Task.CompletedTask;
    }
}
