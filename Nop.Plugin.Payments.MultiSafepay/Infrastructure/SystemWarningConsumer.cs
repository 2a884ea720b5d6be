using System.Text.Encodings.Web;
using Nop.Plugin.Payments.MultiSafepay.Configuration;
using Nop.Plugin.Payments.MultiSafepay.Payments;
using Nop.Plugin.Payments.MultiSafepay.Reconciliation;
using Nop.Services.Events;
using Nop.Services.Localization;
using Nop.Web.Areas.Admin.Models.Common;

namespace Nop.Plugin.Payments.MultiSafepay.Infrastructure;

/// <summary>Adds the plugin's warnings to nopCommerce's system warnings.</summary>
public class SystemWarningConsumer(
    Deferred<OwnerWarnings> warnings, Deferred<IUnfinishedInstallation> unfinishedInstallation, ILocalizationService localizationService) : IConsumer<SystemWarningCreatedEvent>
{
    /// <inheritdoc/>
    public async Task HandleEventAsync(SystemWarningCreatedEvent eventMessage)
    {
        if (await unfinishedInstallation.Value.RetryAsync())
        {
            eventMessage.SystemWarnings.Add(new SystemWarningModel
            {
                Level = SystemWarningLevel.Warning,
                Text = $"MultiSafepay: {await localizationService.GetResourceAsync($"{MultiSafepayDefaults.ResourcePrefix}.Configuration.UpdateIncomplete")}"
            });
        }

        foreach (var warning in await warnings.Value.AllAsync())
        {
            eventMessage.SystemWarnings.Add(new SystemWarningModel
            {
                Level = warning.IsFailure ? SystemWarningLevel.Fail : SystemWarningLevel.Warning,
                Text = $"MultiSafepay: {Encode(warning.Text)} <a href=\"{Encode(warning.Url)}\">{Encode(warning.UrlText)}</a>",
                DontEncode = true
            });
        }
    }

    private static string Encode(string text) => HtmlEncoder.Default.Encode(text);
}
