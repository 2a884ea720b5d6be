using Nop.Web.Framework.UI;

namespace Sandbox.Shop.Services;

/// <summary>What views have added to the head of the page that is being written.</summary>
public sealed class HtmlHead : INopHtmlHelper
{
    private readonly List<string> _titles = [];

    /// <summary>The title of the page; null if no view has given it one.</summary>
    public string? Title => _titles.Count == 0 ? null : string.Join(". ", _titles);

    public void AddTitleParts(string part) => _titles.Add(part);
}
