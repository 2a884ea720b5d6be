using Microsoft.AspNetCore.Html;

namespace Nop.Web.Framework.Localization;

/// <summary>A text in the language of the visitor. It is written to the page as it is: it may hold HTML.</summary>
public class LocalizedString(string localized) : HtmlString(localized)
{
    public string Text { get; } = localized;
}
