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
/// Writes order notes and log entries: a short order note for the owner, in the store's language, and lines in nopCommerce's log. Neither ever contains a key, a payload or
/// personal data; callers pass only ids, amounts and MultiSafepay's own texts. No method throws, because a note that cannot be written must not prevent a payment from being booked,
/// a refund from being counted or an order from being cancelled.
/// </summary>
public class OrderNotesAndLog(
    Deferred<IOrderService> orderService,
    Deferred<ILocalizationService> localizationService,
    Deferred<ILanguageService> languageService,
    Deferred<IStoreService> storeService,
    Deferred<ILogger> logger,
    TimeProvider timeProvider)
{
    private const int MaxWordsLength = 200;

    /// <summary>Writes an order note that only the owner sees.</summary>
    /// <param name="order">The order.</param>
    /// <param name="resource">The resource key below <c>Plugins.Payments.MultiSafepay.Note.</c></param>
    /// <param name="arguments">The values of the resource's placeholders.</param>
    /// <returns>Whether the note was written; if not, the reason is in the log, if that can be written.</returns>
    public Task<bool> NoteAsync(Order order, string resource, params string?[] arguments) =>
        InsertAsync(order, async () => await TextAsync(await LanguageIdAsync(order), resource, arguments), displayToCustomer: false);

    /// <summary>Writes an order note that only the owner sees, with a text of the shop's own that must be kept whole.</summary>
    /// <param name="order">The order.</param>
    /// <param name="resource">The resource key below <c>Plugins.Payments.MultiSafepay.Note.</c></param>
    /// <param name="quoted">The text, for the resource's placeholder.</param>
    public Task<bool> QuoteAsync(Order order, string resource, string quoted) =>
        InsertAsync(order, async () => EditableText.Fill(CultureInfo.InvariantCulture, await TextAsync(await LanguageIdAsync(order), resource), quoted), displayToCustomer: false);

    /// <summary>Writes an order note that the customer sees too, in the language of the order.</summary>
    /// <param name="order">The order.</param>
    /// <param name="resource">The resource key below <c>Plugins.Payments.MultiSafepay.Note.</c></param>
    /// <returns>Whether the note was written; if not, the reason is in the log, if that can be written.</returns>
    public Task<bool> TellCustomerAsync(Order order, string resource) =>
        InsertAsync(order, () => TextAsync(order.CustomerLanguageId, resource, []), displayToCustomer: true);

    /// <summary>A text in the language of the notes of an order, for a placeholder of one. Never throws; a text that cannot be read is its key.</summary>
    /// <param name="order">The order.</param>
    /// <param name="resource">The resource key below <c>Plugins.Payments.MultiSafepay.</c></param>
    public async Task<string> WordsAsync(Order order, string resource)
    {
        try
        {
            return await localizationService.Value.GetResourceAsync($"{MultiSafepayDefaults.ResourcePrefix}.{resource}", await LanguageIdAsync(order), logIfNotFound: true, defaultValue: resource);
        }
        catch (Exception exception)
        {
            await ErrorAsync(FormattableString.Invariant($"order {order.Id}: the text {resource} could not be read."), exception);
            return resource;
        }
    }

    /// <summary>Writes a warning to the log, for something that the owner should look at.</summary>
    public Task WarnAsync(string message, Exception? exception = null) => TryAsync(() => logger.Value.WarningAsync(Prefixed(message), exception));

    /// <summary>Writes an error to the log, for something that should not have happened.</summary>
    public Task ErrorAsync(string message, Exception? exception = null) => TryAsync(() => logger.Value.ErrorAsync(Prefixed(message), exception));

    /// <summary>Writes a debug line to the log. Callers do so only if the owner has turned on the debug log.</summary>
    public Task DebugAsync(string message) => TryAsync(() => logger.Value.InsertLogAsync(LogLevel.Debug, Prefixed(message)));

    /// <summary>Prepares a text from MultiSafepay for a note: on one line, without control characters, and truncated.</summary>
    internal static string Clean(string? words)
    {
        if (string.IsNullOrWhiteSpace(words))
            return string.Empty;

        return FieldText.Cut(IsOneLine(words) ? words : string.Join(' ', words.Split([.. words.Where(char.IsControl).Append(' ').Distinct()], StringSplitOptions.RemoveEmptyEntries)), MaxWordsLength);
    }

    // Almost all texts are: nothing has to be made for them.
    private static bool IsOneLine(string words)
    {
        var isAfterSpace = true;
        foreach (var character in words)
        {
            if (char.IsControl(character) || (isAfterSpace && character == ' '))
                return false;
            isAfterSpace = character == ' ';
        }

        return !isAfterSpace;
    }

    private async Task<bool> InsertAsync(Order order, Func<Task<string>> text, bool displayToCustomer)
    {
        try
        {
            await orderService.Value.InsertOrderNoteAsync(new OrderNote
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
            // The log itself cannot be written, so there is nowhere to report this.
        }
    }

    private async Task<string> TextAsync(int languageId, string resource, string?[] arguments) =>
        EditableText.Fill(CultureInfo.InvariantCulture, await TextAsync(languageId, resource), [.. arguments.Select(Clean)]);

    private Task<string> TextAsync(int languageId, string resource)
    {
        var key = $"{MultiSafepayDefaults.ResourcePrefix}.Note.{resource}";
        return localizationService.Value.GetResourceAsync(key, languageId, logIfNotFound: true, defaultValue: key);
    }

    private async Task<int> LanguageIdAsync(Order order)
    {
        var store = await storeService.Value.GetStoreByIdAsync(order.StoreId);
        var languages = await languageService.Value.GetAllLanguagesAsync(storeId: order.StoreId);
        return languages.FirstOrDefault(language => language.Id == store?.DefaultLanguageId)?.Id ?? languages.FirstOrDefault()?.Id ?? order.CustomerLanguageId;
    }

    private static string Prefixed(string message) => $"{MultiSafepayDefaults.SystemName}: {message}";
}
