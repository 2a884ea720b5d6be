using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Nop.Core.Domain.Stores;
using Nop.Plugin.Payments.MultiSafepay;
using Nop.Services.Configuration;
using Nop.Services.Security;
using Sandbox.Shop.Data;
using Sandbox.Shop.Services;

namespace Sandbox.Shop.Hosting;

/// <summary>Before the shop opens: fills an empty database, and installs or updates the plugin. When it has opened: writes its address into the stores.</summary>
internal sealed class ShopSetup(IServiceScopeFactory scopes, IServer server, ShopDatabase database, ShopOptions options) : IHostedLifecycleService
{
    /// <summary>The plugin's setting that takes <see cref="ShopOptions.ApiKey"/>, encrypted as the plugin itself saves it.</summary>
    private const string TestApiKeySetting = $"{nameof(MultiSafepaySettings)}.{nameof(MultiSafepaySettings.TestApiKey)}";

    public async Task StartingAsync(CancellationToken cancellationToken)
    {
        await database.Setup.WaitAsync(cancellationToken);
        try
        {
            await using var scope = scopes.CreateAsyncScope();
            if ((await database.ListAsync<Store>()).Count == 0)
            {
                await SampleShop.FillAsync(database, options.Time);
                await scope.ServiceProvider.GetRequiredService<StoreSetup>().SaveSettingsAsync();
            }
        }
        finally
        {
            database.Setup.Release();
        }
    }

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        await database.Setup.WaitAsync(cancellationToken);
        try
        {
            await using var scope = scopes.CreateAsyncScope();
            var installed = scope.ServiceProvider.GetRequiredService<InstalledPlugins>();
            foreach (var plugin in scope.ServiceProvider.GetRequiredService<PluginCatalogue>().All)
            {
                if (await installed.IsInstalledAsync(plugin.SystemName))
                {
                    await installed.UpdateAsync(plugin);
                    continue;
                }

                await installed.InstallAsync(plugin);
                await installed.SetActiveAsync(plugin.SystemName, active: true);
                if (options.ApiKey is { } key)
                {
                    await scope.ServiceProvider.GetRequiredService<ISettingService>()
                        .SetSettingAsync(TestApiKeySetting, scope.ServiceProvider.GetRequiredService<IEncryptionService>().EncryptText(key));
                }
            }
        }
        finally
        {
            database.Setup.Release();
        }
    }

    public async Task StartedAsync(CancellationToken cancellationToken)
    {
        var addresses = server.Features.Get<IServerAddressesFeature>()?.Addresses ?? [];
        if (addresses.FirstOrDefault() is not { } address)
            return;
        await using var scope = scopes.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<StoreSetup>().SetAddressAsync(new Uri(address.Replace("[::]", "localhost", StringComparison.Ordinal)), options);
    }

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
