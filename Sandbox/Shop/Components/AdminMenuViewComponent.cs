using Microsoft.AspNetCore.Mvc;
using Nop.Core.Events;
using Nop.Services.Security;
using Nop.Web.Framework;
using Nop.Web.Framework.Events;
using Nop.Web.Framework.Menu;

namespace Sandbox.Shop.Components;

/// <summary>A page of the administration.</summary>
public sealed record AdminMenuLink(string Text, string Url);

/// <summary>The menu of the administration, which plugins add their items to. As in nopCommerce, who lacks an item's permission does not see it.</summary>
[ViewComponent(Name = "AdminMenu")]
public sealed class AdminMenuViewComponent(IEventPublisher events, IPermissionService permissions) : ViewComponent
{
    public async Task<IViewComponentResult> InvokeAsync()
    {
        var root = new AdminMenuItem
        {
            SystemName = "Home",
            ChildNodes =
            [
                new()
                {
                    SystemName = "Sales",
                    Title = "Sales",
                    ChildNodes =
                    [
                        Item("Orders", "Order", "List"),
                        Item("Recurring payments", "RecurringPayment", "List", StandardPermission.Orders.RECURRING_PAYMENTS_VIEW)
                    ]
                },
                Item("Plugins and payment methods", "Plugin", "List"),
                Item("Scheduled tasks", "System", "Tasks"),
                Item("Mails", "System", "Mails"),
                Item("Log", "System", "Log"),
                Item("Settings", "System", "Settings"),
                Item("Warnings", "Common", "Warnings")
            ]
        };
        await events.PublishAsync(new AdminMenuCreatedEvent(new Menu(Url), root));

        var links = new List<AdminMenuLink>();
        foreach (var item in root.ChildNodes.Where(item => item.Visible))
        {
            foreach (var link in (item.ChildNodes.Count > 0 ? item.ChildNodes : [item]).Where(link => link.Visible))
            {
                if (await IsAllowedAsync(link))
                    links.Add(new AdminMenuLink(item == link || item.SystemName == "Sales" ? link.Title : $"{item.Title}: {link.Title}", link.Url));
            }
        }

        return View("/Views/Admin/Shared/AdminMenu.cshtml", links);
    }

    private async Task<bool> IsAllowedAsync(AdminMenuItem item)
    {
        foreach (var permission in item.PermissionNames)
        {
            if (!await permissions.AuthorizeAsync(permission))
                return false;
        }

        return true;
    }

    private AdminMenuItem Item(string name, string controller, string action, params string[] permissionNames) =>
        new() { SystemName = name, Title = name, Url = new Menu(Url).GetMenuItemUrl(controller, action), PermissionNames = [.. permissionNames] };

    private sealed class Menu(IUrlHelper url) : IAdminMenu
    {
        public string GetMenuItemUrl(string controllerName, string actionName) => url.Action(actionName, controllerName, new { area = AreaNames.ADMIN })!;
    }
}
