using Nop.Web.Framework.Models;

namespace Nop.Web.Models.Customer;

/// <summary>The navigation of the pages about a customer's account.</summary>
public record CustomerNavigationModel : BaseNopModel
{
    public IList<CustomerNavigationItemModel> CustomerNavigationItems { get; set; } = [];
    public int SelectedTab { get; set; }
}

/// <summary>A page about a customer's account.</summary>
public record CustomerNavigationItemModel : BaseNopModel
{
    public string RouteName { get; set; }
    public string Title { get; set; }
    public int Tab { get; set; }
    public string ItemClass { get; set; }
}
