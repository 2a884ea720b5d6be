namespace Nop.Web.Framework.Menu;

/// <summary>The admin's menu.</summary>
public interface IAdminMenu
{
    string GetMenuItemUrl(string controllerName, string actionName);
}
