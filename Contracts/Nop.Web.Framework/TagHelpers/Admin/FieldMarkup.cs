using Microsoft.AspNetCore.Html;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.AspNetCore.Mvc.ViewFeatures;
using Microsoft.AspNetCore.Razor.TagHelpers;

namespace Nop.Web.Framework.TagHelpers.Admin;

/// <summary>What the tag helpers of a form share.</summary>
internal static class FieldMarkup
{
    /// <summary>The id that the input for a property gets.</summary>
    public static string IdOf(ViewContext view, ModelExpression property)
        => TagBuilder.CreateSanitizedId(view.ViewData.TemplateInfo.GetFullHtmlFieldName(property.Name), "_");

    /// <summary>nopCommerce takes these flags as text; anything but "true" means no.</summary>
    public static bool IsTrue(string flag) => bool.TryParse(flag, out var value) && value;

    /// <summary>Puts one element in the place of the tag, with an asterisk behind it where a value is required.</summary>
    public static void Replace(TagHelperOutput output, IHtmlContent content, bool required)
    {
        output.SuppressOutput();
        output.Content.SetHtmlContent(content);

        if (required)
            output.PostElement.SetHtmlContent(RequiredMark());
    }

    public static TagBuilder RequiredMark()
    {
        var mark = new TagBuilder("span");
        mark.AddCssClass("required");
        mark.InnerHtml.Append("*");

        return mark;
    }

    /// <summary>A script element; <paramref name="code"/> must hold nothing that a visitor wrote.</summary>
    public static TagBuilder Script(string code)
    {
        var script = new TagBuilder("script");
        script.InnerHtml.AppendHtml(code);

        return script;
    }
}
