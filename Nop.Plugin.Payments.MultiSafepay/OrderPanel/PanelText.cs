using System.Globalization;
using Nop.Plugin.Payments.MultiSafepay.Api;
using Nop.Plugin.Payments.MultiSafepay.Payments.Notices;
using Nop.Services.Helpers;
using Nop.Services.Localization;

namespace Nop.Plugin.Payments.MultiSafepay.OrderPanel;

/// <summary>Formats texts, amounts and times for the current user's language, culture and time zone.</summary>
public class PanelText(ILocalizationService localizationService, IDateTimeHelper dateTimeHelper)
{
    /// <summary>Returns a text of the plugin with its placeholders filled in.</summary>
    /// <param name="key">The key below <see cref="MultiSafepayDefaults.ResourcePrefix"/>.</param>
    /// <param name="arguments">The values of the placeholders.</param>
    public async Task<string> OfAsync(string key, params string?[] arguments)
    {
        var text = await localizationService.GetResourceAsync($"{MultiSafepayDefaults.ResourcePrefix}.{key}");
        return arguments.Length == 0 ? text : EditableText.Fill(CultureInfo.CurrentCulture, text, [.. arguments.Select(OrderNotesAndLog.Clean)]);
    }

    /// <summary>The caption of nopCommerce's button with which the customer pays an order again.</summary>
    public Task<string> ButtonAsync() => localizationService.GetResourceAsync("Order.RetryPayment");

    /// <summary>Formats an amount in minor units, as <c>EUR 1,234.50</c> in the given or current culture; empty for no amount or currency.</summary>
    public static string Minor(long? amount, string? currency, CultureInfo? culture = null) => amount is { } minor && !string.IsNullOrWhiteSpace(currency)
        ? Money(MinorUnits.ToDecimal(minor, currency), currency, culture)
        : string.Empty;

    /// <summary>Formats an amount in units of the currency, as <c>EUR 1,234.50</c> in the given or current culture.</summary>
    public static string Money(decimal amount, string currency, CultureInfo? culture = null) =>
        $"{currency} {amount.ToString($"N{MinorUnits.Exponent(currency)}", culture ?? CultureInfo.CurrentCulture)}";

    /// <summary>Formats a UTC time in the user's time zone; empty for null.</summary>
    public async Task<string> TimeAsync(DateTime? utc) => utc is { } moment
        ? (await dateTimeHelper.ConvertToUserTimeAsync(moment, DateTimeKind.Utc)).ToString("g", CultureInfo.CurrentCulture)
        : string.Empty;

    /// <summary>Formats a UTC time in the user's time zone, followed by the days and hours until then; only the time if it has passed; empty for null.</summary>
    /// <param name="utc">The time, in UTC.</param>
    /// <param name="nowUtc">The current time, in UTC.</param>
    public async Task<string> DeadlineAsync(DateTime? utc, DateTime nowUtc)
    {
        var time = await TimeAsync(utc);
        return utc - nowUtc is { } left && left > TimeSpan.Zero
            ? $"{time} ({await OfAsync("Panel.TimeLeft", left.Days.ToString(CultureInfo.CurrentCulture), left.Hours.ToString(CultureInfo.CurrentCulture))})"
            : time;
    }
}
