using System.Globalization;
using Nop.Core.Domain.Logging;
using Nop.Core.Domain.Orders;
using Nop.Plugin.Payments.MultiSafepay.Api;
using Nop.Services.Localization;
using Nop.Services.Logging;
using Nop.Services.Orders;
using Nop.Services.Stores;

namespace Nop.Plugin.Payments.MultiSafepay.Payments.Notices;

/// <summary>
/// Tells people what happened: a short order note in the store's language for the owner, and lines in nopCommerce's log. Neither ever holds a key, a
/// payload or personal data; callers hand over ids, amounts and MultiSafepay's own words only. None of its methods throws: what only tells must never keep a payment from being
/// booked, a refund from being counted or an order from being cancelled.
/// </summary>
public class OrderNotesAndLog(
    IOrderService orderService,
    ILocalizationService localizationService,
    ILanguageService languageService,
    IStoreService storeService,
    ILogger logger,
    TimeProvider timeProvider)
{
    private const int MaxWordsLength = 200;

    /// <summary>Writes an order note that only the owner sees.</summary>
    /// <param name="order">The order.</param>
    /// <param name="resource">The resource key below <c>Plugins.Payments.MultiSafepay.Note.</c></param>
    /// <param name="arguments">What the resource's placeholders stand for.</param>
    /// <returns>Whether it was written; if not, the log says why, where that can be written to.</returns>
    public Task<bool> NoteAsync(Order order, string resource, params string?[] arguments) =>
        InsertAsync(order, async () => await TextAsync(await LanguageIdAsync(order), resource, arguments), displayToCustomer: false);

    /// <summary>Writes an order note that the customer sees too, in the language of the order.</summary>
    /// <param name="order">The order.</param>
    /// <param name="resource">The resource key below <c>Plugins.Payments.MultiSafepay.Note.</c></param>
    /// <returns>Whether it was written; if not, the log says why, where that can be written to.</returns>
    public Task<bool> TellCustomerAsync(Order order, string resource) =>
        InsertAsync(order, () => TextAsync(order.CustomerLanguageId, resource, []), displayToCustomer: true);

    /// <summary>Writes a warning to the log, for what the owner should look at.</summary>
    public Task WarnAsync(string message, Exception? exception = null) => TryAsync(() => logger.WarningAsync(Prefixed(message), exception));

    /// <summary>Writes an error to the log, for what should not have happened.</summary>
    public Task ErrorAsync(string message, Exception? exception = null) => TryAsync(() => logger.ErrorAsync(Prefixed(message), exception));

    /// <summary>Writes a line for somebody who is looking for a fault; only where the owner has asked for it.</summary>
    public Task DebugAsync(string message) => TryAsync(() => logger.InsertLogAsync(LogLevel.Debug, Prefixed(message)));

    /// <summary>MultiSafepay's own words, made fit for a note: one line, bounded.</summary>
    internal static string Clean(string? words)
    {
        if (string.IsNullOrWhiteSpace(words))
            return string.Empty;

        var line = string.Join(' ', words.Split(words.Where(char.IsControl).Append(' ').Distinct().ToArray(), StringSplitOptions.RemoveEmptyEntries));
        return FieldText.Cut(line, MaxWordsLength);
    }

    private async Task<bool> InsertAsync(Order order, Func<Task<string>> text, bool displayToCustomer)
    {
        try
        {
            await orderService.InsertOrderNoteAsync(new OrderNote
            {
                OrderId = order.Id,
                Note = await text(),
                DisplayToCustomer = displayToCustomer,
                CreatedOnUtc = timeProvider.GetUtcNow().UtcDateTime
            });
            return true;
        }
        catch (Exception exception)
        {
            await ErrorAsync(FormattableString.Invariant($"order {order.Id}: a note could not be written."), exception);
            return false;
        }
    }

    private static async Task TryAsync(Func<Task> write)
    {
        try
        {
            await write();
        }
        catch (Exception)
        {
            // The log is out of reach, so there is nowhere to write to.
        }
    }

    private async Task<string> TextAsync(int languageId, string resource, string?[] arguments)
    {
        var key = $"{MultiSafepayDefaults.ResourcePrefix}.Note.{resource}";
        var text = await localizationService.GetResourceAsync(key, languageId, logIfNotFound: true, defaultValue: key);
        return EditableText.Fill(CultureInfo.InvariantCulture, text, [.. arguments.Select(Clean)]);
    }

    private async Task<int> LanguageIdAsync(Order order)
    {
        var store = await storeService.GetStoreByIdAsync(order.StoreId);
        var languages = await languageService.GetAllLanguagesAsync(storeId: order.StoreId);
        return languages.FirstOrDefault(language => language.Id == store?.DefaultLanguageId)?.Id ?? languages.FirstOrDefault()?.Id ?? order.CustomerLanguageId;
    }

    private static string Prefixed(string message) => $"{MultiSafepayDefaults.SystemName}: {message}";
}
