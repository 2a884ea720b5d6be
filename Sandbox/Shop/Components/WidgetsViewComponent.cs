using Microsoft.AspNetCore.Mvc;
using Nop.Services.Cms;
using Sandbox.Shop.Hosting;

namespace Sandbox.Shop.Components;

/// <summary>One plugin's part of a place on a page.</summary>
public sealed record WidgetModel(Type ViewComponent, string Zone, object? AdditionalData);

/// <summary>Draws what plugins have for a place on a page.</summary>
[ViewComponent(Name = "Widgets")]
public sealed class WidgetsViewComponent(IServiceProvider services) : ViewComponent
{
    public async Task<IViewComponentResult> InvokeAsync(string zone, object? data = null)
    {
        var installed = services.GetRequiredService<InstalledPlugins>();
        List<WidgetModel> widgets = [];
        foreach (var plugin in await installed.OfTypeAsync<IWidgetPlugin>())
        {
            if (installed.IsWidgetActive(plugin.PluginDescriptor.SystemName) && (await plugin.GetWidgetZonesAsync()).Contains(zone))
                widgets.Add(new WidgetModel(plugin.GetWidgetViewComponent(zone), zone, data));
        }

        return widgets.Count == 0 ? Content("") : View("/Views/Shared/Widgets.cshtml", widgets);
    }
}
