using Nop.Web.Framework.Menu;

namespace Nop.Web.Framework.Events;

/// <summary>The admin's menu, or a part of it, is being put together.</summary>
public abstract class BaseMenuItemCreatedEvent
{
    private readonly IAdminMenu _adminMenu;

    protected BaseMenuItemCreatedEvent(IAdminMenu adminMenu) => _adminMenu = adminMenu;

    public virtual string GetMenuItemUrl(string controllerName, string actionName) => _adminMenu.GetMenuItemUrl(controllerName, actionName);
}

/// <summary>The admin's menu is being put together, and plugins add their items.</summary>
public class AdminMenuCreatedEvent : BaseMenuItemCreatedEvent
{
    public AdminMenuCreatedEvent(IAdminMenu adminMenu, AdminMenuItem rootMenuItem) : base(adminMenu) => RootMenuItem = rootMenuItem;

    public AdminMenuItem RootMenuItem { get; set; }
}
