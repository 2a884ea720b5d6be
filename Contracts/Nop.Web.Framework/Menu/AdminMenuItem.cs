namespace Nop.Web.Framework.Menu;

/// <summary>An item of the admin's menu, and those below it.</summary>
public class AdminMenuItem
{
    public IList<string> PermissionNames { get; set; } = [];
    public string SystemName { get; set; }
    public string Title { get; set; }
    public string Url { get; set; }
    public IList<AdminMenuItem> ChildNodes { get; set; } = [];
    public string IconClass { get; set; }
    public bool Visible { get; set; } = true;

    /// <summary>Puts an item behind another, wherever that is; false if there is no such item.</summary>
    public virtual bool InsertAfter(string itemSystemName, AdminMenuItem newMenuItem)
    {
        if (ChildNodes.FirstOrDefault(node => node.SystemName == itemSystemName) is not { } found)
            return ChildNodes.Any(node => node.InsertAfter(itemSystemName, newMenuItem));
        ChildNodes.Insert(ChildNodes.IndexOf(found) + 1, newMenuItem);
        return true;
    }
}
