using Nop.Core.Domain.Cms;
using Nop.Services.Configuration;

namespace Nop.Plugin.Payments.MultiSafepay.Infrastructure;

/// <summary>Turns the plugin's widgets on and off. nopCommerce shows only the widgets of plugins that are listed in a setting.</summary>
public class WidgetActivation(ISettingService settingService)
{
    /// <summary>Turns the widgets on. Writes nothing if they are on already.</summary>
    public async Task AddAsync()
    {
        var settings = await settingService.LoadSettingAsync<WidgetSettings>();
        if (settings.ActiveWidgetSystemNames.Contains(MultiSafepayDefaults.SystemName, StringComparer.OrdinalIgnoreCase))
            return;
        settings.ActiveWidgetSystemNames.Add(MultiSafepayDefaults.SystemName);
        await settingService.SaveSettingAsync(settings);
    }

    /// <summary>Turns the widgets off.</summary>
    public async Task RemoveAsync()
    {
        var settings = await settingService.LoadSettingAsync<WidgetSettings>();
        if (settings.ActiveWidgetSystemNames.RemoveAll(name => string.Equals(name, MultiSafepayDefaults.SystemName, StringComparison.OrdinalIgnoreCase)) > 0)
            await settingService.SaveSettingAsync(settings);
    }
}
