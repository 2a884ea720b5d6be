namespace Nop.Services.Plugins;

/// <summary>What a plugin is called.</summary>
public interface IDescriptor
{
    string FriendlyName { get; set; }
    string SystemName { get; set; }
}
