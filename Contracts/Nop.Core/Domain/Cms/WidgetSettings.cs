using Nop.Core.Configuration;

namespace Nop.Core.Domain.Cms;

/// <summary>Which widgets are switched on.</summary>
public class WidgetSettings : ISettings
{
    public List<string> ActiveWidgetSystemNames { get; set; } = [];
}
