using Nop.Core.Domain.Cms;
using Nop.Services.Configuration;

namespace Nop.Plugin.Payments.MultiSafepay.Infrastructure;

/// <summary>Switches the plugin's widgets on and off: nopCommerce shows only those whose plugin stands in a setting.</summary>
public class WidgetActivation(ISettingService settingService)
{
    /// <summary>Switches them on; done already, nothing is written.</summary>
    public async Task AddAsync()
    {
        var settings = await settingService.LoadSettingAsync<WidgetSettings>();
        if (settings.ActiveWidgetSystemNames.Contains(MultiSafepayDefaults.SystemName, StringComparer.OrdinalIgnoreCase))
            return;
        settings.ActiveWidgetSystemNames.Add(MultiSafepayDefaults.SystemName);
        await settingService.SaveSettingAsync(settings);
    }

    /// <summary>Switches them off.</summary>
    public async Task RemoveAsync()
    {
        var settings = await settingService.LoadSettingAsync<WidgetSettings>();
        if (settings.ActiveWidgetSystemNames.RemoveAll(name => string.Equals(name, MultiSafepayDefaults.SystemName, StringComparison.OrdinalIgnoreCase)) > 0)
            await settingService.SaveSettingAsync(settings);
    }
}
