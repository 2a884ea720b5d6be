using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.AspNetCore.Mvc.ViewEngines;
using Microsoft.AspNetCore.Mvc.ViewFeatures;

namespace Sandbox.Shop.Services;

/// <summary>Renders a part of a page as text, to be sent inside JSON.</summary>
internal sealed class PartialViews(ICompositeViewEngine engine, ITempDataDictionaryFactory tempData)
{
    public async Task<string> RenderAsync(ControllerContext context, string name, object model)
    {
        var view = engine.FindView(context, name, isMainPage: false).EnsureSuccessful(null).View!;
        var data = new ViewDataDictionary(context.HttpContext.RequestServices.GetRequiredService<Microsoft.AspNetCore.Mvc.ModelBinding.IModelMetadataProvider>(), context.ModelState)
        {
            Model = model,
        };
        await using var text = new StringWriter();
        await view.RenderAsync(new ViewContext(context, view, data, tempData.GetTempData(context.HttpContext), text, new HtmlHelperOptions()));
        return text.ToString();
    }
}
