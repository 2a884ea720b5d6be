using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.ViewComponents;

namespace Nop.Web.Framework.Components;

/// <summary>What the view components of a shop derive from; in nopCommerce its views are told of before they are rendered.</summary>
public abstract class NopViewComponent : ViewComponent
{
    public new ViewViewComponentResult View(string viewName) => base.View(viewName);

    public new ViewViewComponentResult View<TModel>(TModel model) => base.View(model);

    public new ViewViewComponentResult View<TModel>(string viewName, TModel model) => base.View(viewName, model);
}
