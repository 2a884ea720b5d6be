namespace Nop.Services.Plugins;

/// <summary>What plugin.json says, and what the shop found out.</summary>
public class PluginDescriptor : PluginDescriptorBaseInfo, IDescriptor
{
    public virtual string AssemblyFileName { get; set; }
    public virtual string Author { get; set; }
    public virtual string Description { get; set; }
    public virtual int DisplayOrder { get; set; }
    public virtual string FriendlyName { get; set; }
    public virtual string Group { get; set; }
    public virtual bool Installed { get; set; }
    public virtual IList<int> LimitedToCustomerRoles { get; set; } = [];
    public virtual IList<int> LimitedToStores { get; set; } = [];
    public virtual Type PluginType { get; set; }
    public virtual IList<string> SupportedVersions { get; set; } = [];
}
