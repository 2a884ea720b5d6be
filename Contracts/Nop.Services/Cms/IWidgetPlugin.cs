using Nop.Services.Plugins;

namespace Nop.Services.Cms;

/// <summary>A plugin that adds to pages of the shop.</summary>
public interface IWidgetPlugin : IPlugin
{
    bool HideInWidgetList { get; }
    Type GetWidgetViewComponent(string widgetZone);
    Task<IList<string>> GetWidgetZonesAsync();
}
