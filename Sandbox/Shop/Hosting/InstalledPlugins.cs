using Nop.Core.Domain.Cms;
using Nop.Core.Domain.Payments;
using Nop.Data.Migrations;
using Nop.Services.Configuration;
using Nop.Services.Plugins;
using Sandbox.Shop.Data;

namespace Sandbox.Shop.Hosting;

/// <summary>
/// The installed plugins, each instance made once for a request. Installing and uninstalling take effect at once here; nopCommerce restarts for it.
/// </summary>
internal sealed class InstalledPlugins(ShopDatabase database, PluginCatalogue catalogue, IServiceProvider services)
{
    private readonly Dictionary<Type, IPlugin> _instances = [];

    public async Task<IReadOnlyList<T>> OfTypeAsync<T>() where T : class, IPlugin
    {
        var rows = await database.ListAsync<InstalledPlugin>();
        return [.. catalogue.All.Where(plugin => rows.Exists(row => row.SystemName == plugin.SystemName)).Select(Instance).OfType<T>()];
    }

    public async Task<bool> IsInstalledAsync(string systemName) => (await database.ListAsync<InstalledPlugin>(row => row.SystemName == systemName)).Count > 0;

    /// <summary>Whether the type belongs to an installed plugin, or to none at all.</summary>
    public async Task<bool> IsInUseAsync(Type type) =>
        catalogue.All.FirstOrDefault(plugin => plugin.Types.Contains(type)) is not { } owner || await IsInstalledAsync(owner.SystemName);

    /// <summary>Installs the plugin. As in nopCommerce, a payment method is made active in a second step.</summary>
    public async Task InstallAsync(PluginSource plugin)
    {
        if (await IsInstalledAsync(plugin.SystemName))
            return;
        var instance = Instance(plugin) ?? throw new InvalidOperationException($"{plugin.SystemName} has no class that implements IPlugin.");
        database.Schema.ApplyUp(instance.GetType().Assembly, MigrationProcessType.Installation);
        await instance.InstallAsync();
        await database.InsertAsync(new InstalledPlugin { SystemName = plugin.SystemName, Version = plugin.Descriptor.Version });
    }

    /// <summary>Lets an installed plugin follow when another version of it lies in the folder, as nopCommerce does at its start.</summary>
    public async Task UpdateAsync(PluginSource plugin)
    {
        foreach (var row in await database.ListAsync<InstalledPlugin>(row => row.SystemName == plugin.SystemName && row.Version != plugin.Descriptor.Version))
        {
            if (Instance(plugin) is { } instance)
            {
                database.Schema.ApplyUp(instance.GetType().Assembly, MigrationProcessType.Update);
                await instance.UpdateAsync(row.Version, plugin.Descriptor.Version);
            }

            row.Version = plugin.Descriptor.Version;
            await database.UpdateAsync(row);
        }
    }

    public async Task UninstallAsync(PluginSource plugin)
    {
        if (!await IsInstalledAsync(plugin.SystemName) || Instance(plugin) is not { } instance)
            return;
        await instance.PreparePluginToUninstallAsync();
        await instance.UninstallAsync();
        database.Schema.ApplyDown(instance.GetType().Assembly);
        foreach (var row in await database.ListAsync<InstalledPlugin>(row => row.SystemName == plugin.SystemName))
            await database.DeleteAsync(row);
        await SetActiveAsync(plugin.SystemName, active: false);
    }

    /// <summary>Switches a payment method on or off.</summary>
    public async Task SetActiveAsync(string systemName, bool active)
    {
        var settings = services.GetRequiredService<ISettingService>();
        var payment = await settings.LoadSettingAsync<PaymentSettings>();
        payment.ActivePaymentMethodSystemNames.RemoveAll(name => name == systemName);
        if (active)
            payment.ActivePaymentMethodSystemNames.Add(systemName);
        await settings.SaveSettingAsync(payment);
    }

    /// <summary>Whether nopCommerce would show the plugin's widgets.</summary>
    public bool IsWidgetActive(string systemName) => services.GetRequiredService<WidgetSettings>().ActiveWidgetSystemNames.Contains(systemName);

    private IPlugin? Instance(PluginSource plugin)
    {
        if (plugin.Descriptor.PluginType is not { } type)
            return null;
        if (!_instances.TryGetValue(type, out var instance))
        {
            instance = (IPlugin)ActivatorUtilities.CreateInstance(services, type);
            instance.PluginDescriptor = plugin.Descriptor;
            _instances.Add(type, instance);
        }

        return instance;
    }
}
