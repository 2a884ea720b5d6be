using System.Globalization;
using Microsoft.AspNetCore.Mvc.Rendering;
using Nop.Plugin.Payments.MultiSafepay.Payments.Notices;
using Nop.Services.Localization;

namespace Nop.Plugin.Payments.MultiSafepay.Configuration;

/// <summary>The plugin's texts for the configuration page, in the owner's language.</summary>
public class ConfigurationTexts(ILocalizationService localizationService)
{
    /// <summary>Returns the text with this key, below the plugin's prefix.</summary>
    public Task<string> TextAsync(string key) => localizationService.GetResourceAsync($"{MultiSafepayDefaults.ResourcePrefix}.{key}");

    /// <summary>Returns the text with this key, with its placeholders filled in.</summary>
    public async Task<string> FormatAsync(string key, params object[] arguments) => EditableText.Fill(CultureInfo.CurrentCulture, await TextAsync(key), arguments);

    /// <summary>Returns the result of a check, with the text with this key.</summary>
    public async Task<CheckResult> ResultAsync(CheckState state, string key, params object[] arguments) => new(state, await FormatAsync(key, arguments));

    /// <summary>Returns the values of an enum as options; the key of each text is the prefix followed by the name of the value.</summary>
    public async Task<IList<SelectListItem>> OptionsAsync<TEnum>(string prefix) where TEnum : struct, Enum
    {
        var options = new List<SelectListItem>();
        foreach (var value in Enum.GetValues<TEnum>())
            options.Add(new SelectListItem(await TextAsync($"{prefix}.{value}"), value.ToString("D")));
        return options;
    }
}
