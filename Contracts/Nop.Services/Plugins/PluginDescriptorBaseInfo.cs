namespace Nop.Services.Plugins;

/// <summary>Which plugin, and which version of it.</summary>
public class PluginDescriptorBaseInfo
{
    public virtual string SystemName { get; set; }
    public virtual string Version { get; set; }
}
