namespace Sandbox.Shop.Hosting;

/// <summary>The plugins that lie in the shop's Plugins folder, installed or not.</summary>
internal sealed class PluginCatalogue(IReadOnlyList<PluginSource> plugins)
{
    public IReadOnlyList<PluginSource> All => plugins;

    public PluginSource? Find(string? systemName) => plugins.FirstOrDefault(plugin => string.Equals(plugin.SystemName, systemName, StringComparison.OrdinalIgnoreCase));

    /// <summary>Finds a type by the name that a scheduled task keeps: full, with or without its assembly.</summary>
    public Type? FindType(string name) => plugins.SelectMany(plugin => plugin.Types)
        .FirstOrDefault(type => type.FullName == name.Split(',')[0].Trim());
}
