using Microsoft.AspNetCore.Mvc;
#if !NOP_500
using Microsoft.AspNetCore.Mvc.ViewComponents;
#endif

namespace Nop.Web.Framework.Components;

/// <summary>What the view components of a shop derive from; in nopCommerce its views are told of before they are rendered. In 5.00 that takes other methods, which the plugin does not use.</summary>
public abstract class NopViewComponent : ViewComponent
{
#if !NOP_500
    public new ViewViewComponentResult View(string viewName) => base.View(viewName);

    public new ViewViewComponentResult View<TModel>(TModel model) => base.View(model);

    public new ViewViewComponentResult View<TModel>(string viewName, TModel model) => base.View(viewName, model);
#endif
}
