using System.Text.Json;
using Microsoft.AspNetCore.Razor.TagHelpers;

namespace Nop.Web.Framework.TagHelpers.Admin;

/// <summary>A message that a button shows.</summary>
[HtmlTargetElement("nop-alert", Attributes = "asp-alert-id", TagStructure = TagStructure.WithoutEndTag)]
public class NopAlertTagHelper : TagHelper
{
    [HtmlAttributeName("asp-alert-id")]
    public string AlertId { get; set; }

    [HtmlAttributeName("asp-alert-message")]
    public string Message { get; set; }

    public override Task ProcessAsync(TagHelperContext context, TagHelperOutput output)
    {
        output.SuppressOutput();
        output.Content.SetHtmlContent(FieldMarkup.Script($$"""
            addEventListener("DOMContentLoaded", () =>
                document.getElementById({{JsonSerializer.Serialize(AlertId)}}).addEventListener("click", () => alert({{JsonSerializer.Serialize(Message)}})));
            """));

        return Task.CompletedTask;
    }
}
