namespace Nop.Services.Plugins;

/// <summary>What every plugin does.</summary>
public interface IPlugin
{
    PluginDescriptor PluginDescriptor { get; set; }
    string GetConfigurationPageUrl();
    Task InstallAsync();
#if !NOP_480
    Task InstallSampleDataAsync();
#endif
    Task PreparePluginToUninstallAsync();
    Task UninstallAsync();
    Task UpdateAsync(string currentVersion, string targetVersion);
}
