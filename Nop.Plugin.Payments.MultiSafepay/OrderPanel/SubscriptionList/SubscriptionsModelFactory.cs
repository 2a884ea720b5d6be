using System.Globalization;
using System.Runtime.CompilerServices;
using Nop.Plugin.Payments.MultiSafepay.Api;
using Nop.Plugin.Payments.MultiSafepay.Subscriptions;

namespace Nop.Plugin.Payments.MultiSafepay.OrderPanel.SubscriptionList;

/// <summary>Creates the localized model of the owner's page of subscriptions, and the rows of the file.</summary>
public class SubscriptionsModelFactory(SubscriptionPages pages, PanelText text)
{
    /// <summary>Creates a page.</summary>
    /// <param name="state">Only those that stand like this; null for all.</param>
    /// <param name="number">The number of the page, from 1.</param>
    public async Task<SubscriptionsModel> CreateAsync(SubscriptionState? state, int number)
    {
        var (listed, read, count) = await pages.ReadAsync(state, number);
        var names = await NamesAsync();
        var lines = new List<SubscriptionsLine>();
        foreach (var (line, email) in listed)
        {
            var known = line.Summary;
            lines.Add(new SubscriptionsLine(
                known.Order.Id,
                known.Order.CustomOrderNumber,
                email,
                line.Interval,
                names[known.State],
                known.Means?.ToString() ?? string.Empty,
                line.Amount,
                await text.TimeAsync(known.NextUtc),
                known.Left.ToString(CultureInfo.CurrentCulture)));
        }

        return new SubscriptionsModel { Lines = lines, State = state, States = [.. names.Select(name => (name.Key, name.Value))], Number = read, Pages = count };
    }

    /// <summary>
    /// The rows of the file, the first one with the names of the columns. Names and words are in the current language; amounts, numbers and times are the same in each, times in UTC.
    /// </summary>
    /// <param name="state">Only those that stand like this; null for all.</param>
    /// <param name="cancellationToken">Cancels the reading.</param>
    public async IAsyncEnumerable<string> CsvAsync(SubscriptionState? state, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var names = await NamesAsync();
        yield return CsvRow.Of(
            await text.OfAsync("Subscriptions.Order"),
            await text.OfAsync("Subscriptions.Customer"),
            await text.OfAsync("Subscriptions.Interval"),
            await text.OfAsync("Subscriptions.State"),
            await text.OfAsync("Subscriptions.Method"),
            await text.OfAsync("Subscriptions.Amount"),
            await text.OfAsync("Configuration.Check.Currency"),
            await text.OfAsync("Subscriptions.Next"),
            await text.OfAsync("Subscriptions.Left"));
        await foreach (var (line, email) in pages.ReadAllAsync(state, cancellationToken))
        {
            var (known, charge) = (line.Summary, line.Charge);
            yield return CsvRow.Of(
                known.Order.CustomOrderNumber,
                email,
                line.Interval,
                names[known.State],
                known.Means?.ToString(),
                charge.Currency.Length == 0 ? null : MinorUnits.ToDecimal(charge.Amount, charge.Currency).ToString($"F{MinorUnits.Exponent(charge.Currency)}", CultureInfo.InvariantCulture),
                charge.Currency,
                known.NextUtc?.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture),
                known.Left.ToString(CultureInfo.InvariantCulture));
        }
    }

    private async Task<Dictionary<SubscriptionState, string>> NamesAsync()
    {
        var names = new Dictionary<SubscriptionState, string>();
        foreach (var state in Enum.GetValues<SubscriptionState>())
            names[state] = await text.OfAsync($"Subscription.State.{state}");
        return names;
    }
}
