using System.Globalization;
using Nop.Plugin.Payments.MultiSafepay.Api;
using Nop.Plugin.Payments.MultiSafepay.Payments.Notices;
using Nop.Services.Helpers;
using Nop.Services.Localization;

namespace Nop.Plugin.Payments.MultiSafepay.OrderPanel;

/// <summary>Writes what people read: texts in their language, amounts with their currency, times in their zone.</summary>
public class PanelText(ILocalizationService localizationService, IDateTimeHelper dateTimeHelper)
{
    /// <summary>A text of the plugin with its placeholders filled in.</summary>
    /// <param name="key">The key below <see cref="MultiSafepayDefaults.ResourcePrefix"/>.</param>
    /// <param name="arguments">What the placeholders stand for.</param>
    public async Task<string> OfAsync(string key, params string?[] arguments)
    {
        var text = await localizationService.GetResourceAsync($"{MultiSafepayDefaults.ResourcePrefix}.{key}");
        return arguments.Length == 0 ? text : EditableText.Fill(CultureInfo.CurrentCulture, text, [.. arguments.Select(OrderNotesAndLog.Clean)]);
    }

    /// <summary>An amount in minor units, as <c>EUR 1,234.50</c> in the reader's culture; empty when there is none.</summary>
    public static string Minor(long? amount, string? currency, CultureInfo? culture = null) => amount is { } minor && !string.IsNullOrWhiteSpace(currency)
        ? Money(MinorUnits.ToDecimal(minor, currency), currency, culture)
        : string.Empty;

    /// <summary>An amount in the currency itself, as <c>EUR 1,234.50</c> in the reader's culture.</summary>
    public static string Money(decimal amount, string currency, CultureInfo? culture = null) =>
        $"{currency} {amount.ToString($"N{MinorUnits.Exponent(currency)}", culture ?? CultureInfo.CurrentCulture)}";

    /// <summary>A moment in the reader's time zone; empty when it is not known.</summary>
    public async Task<string> TimeAsync(DateTime? utc) => utc is { } moment
        ? (await dateTimeHelper.ConvertToUserTimeAsync(moment, DateTimeKind.Utc)).ToString("g", CultureInfo.CurrentCulture)
        : string.Empty;
}
