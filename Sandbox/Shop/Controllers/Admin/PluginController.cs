using Microsoft.AspNetCore.Mvc;
using Nop.Core.Domain.Payments;
using Nop.Services.Payments;
using Nop.Services.Plugins;
using Sandbox.Shop.Hosting;
using Sandbox.Shop.Models;
using Sandbox.Shop.Services;

namespace Sandbox.Shop.Controllers.Admin;

/// <summary>The plugins: install, uninstall, switch on and off, configure.</summary>
internal sealed class PluginController(PluginCatalogue catalogue, InstalledPlugins installed, PaymentMethods methods, PaymentSettings paymentSettings) : AdminController
{
    [HttpGet]
    public async Task<IActionResult> List()
    {
        var instances = await installed.OfTypeAsync<IPlugin>();
        return View(catalogue.All.Select(plugin => new PluginModel(
            plugin.SystemName,
            plugin.Descriptor.FriendlyName,
            plugin.Descriptor.Version,
            plugin.Descriptor.Description,
            methods.LogoUrl(plugin.SystemName),
            instances.Any(instance => instance.PluginDescriptor == plugin.Descriptor),
            plugin.TypesOf<IPaymentMethod>().Any(),
            paymentSettings.ActivePaymentMethodSystemNames.Contains(plugin.SystemName),
            instances.FirstOrDefault(instance => instance.PluginDescriptor == plugin.Descriptor)?.GetConfigurationPageUrl())).ToList());
    }

    [HttpPost]
    public async Task<IActionResult> Install(string systemName)
    {
        if (catalogue.Find(systemName) is { } plugin)
            await installed.InstallAsync(plugin);
        return RedirectToAction(nameof(List));
    }

    [HttpPost]
    public async Task<IActionResult> Uninstall(string systemName)
    {
        if (catalogue.Find(systemName) is { } plugin)
            await installed.UninstallAsync(plugin);
        return RedirectToAction(nameof(List));
    }

    [HttpPost]
    public async Task<IActionResult> SetActive(string systemName, bool active)
    {
        if (await installed.IsInstalledAsync(systemName))
            await installed.SetActiveAsync(systemName, active);
        return RedirectToAction(nameof(List));
    }
}
