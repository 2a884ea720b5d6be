namespace Nop.Web.Framework.UI;

/// <summary>What views add to the head of the page.</summary>
public interface INopHtmlHelper
{
    void AddTitleParts(string part);
}
