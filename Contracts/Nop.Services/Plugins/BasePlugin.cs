namespace Nop.Services.Plugins;

/// <summary>A plugin that does nothing yet.</summary>
public abstract class BasePlugin : IPlugin
{
    public virtual PluginDescriptor PluginDescriptor { get; set; }

    public virtual string GetConfigurationPageUrl() => null;

    public virtual Task InstallAsync() => Task.CompletedTask;

#if !NOP_480
    public virtual Task InstallSampleDataAsync() => Task.CompletedTask;

#endif
    public virtual Task PreparePluginToUninstallAsync() => Task.CompletedTask;

    public virtual Task UninstallAsync() => Task.CompletedTask;

    public virtual Task UpdateAsync(string currentVersion, string targetVersion) => Task.CompletedTask;
}
