using System.Runtime.CompilerServices;
using Nop.Core;
using Nop.Core.Domain.Orders;
using Nop.Data;
using Nop.Plugin.Payments.MultiSafepay.Subscriptions;
using Nop.Services.Customers;

namespace Nop.Plugin.Payments.MultiSafepay.OrderPanel.SubscriptionList;

/// <summary>A subscription in the owner's list.</summary>
/// <param name="Line">The subscription.</param>
/// <param name="Email">The customer's e-mail address; empty if there is none.</param>
public sealed record ListedSubscription(SubscriptionLine Line, string Email);

/// <summary>
/// Reads the subscriptions of all stores in pages of nopCommerce's recurring payments, the oldest first. A page has fewer lines than <see cref="Size"/> if customers also subscribe with
/// another payment method. How a subscription stands is in no column, so a page of those in one state is made from all, of which at most <see cref="MostFiltered"/> are looked at. By primary key:
/// nopCommerce's own search joins and sorts all of them for each page.
/// </summary>
public class SubscriptionPages(SubscriptionLines lines, IRepository<RecurringPayment> payments, ICustomerService customerService)
{
    /// <summary>The lines of a page.</summary>
    public const int Size = 50;

    /// <summary>The recurring payments that are looked at, at most, for a page of those in one state. No source; chosen. The file has all.</summary>
    public const int MostFiltered = 2_000;

    /// <summary>The recurring payments that are read at once for the file, and for a page of those in one state. No source; chosen.</summary>
    public const int Batch = 500;

    /// <summary>Reads a page.</summary>
    /// <param name="state">Only those that stand like this; null for all.</param>
    /// <param name="number">The number of the page, from 1; beyond the last one, the last one is read.</param>
    /// <returns>The lines, the number of the page that was read, and the number of pages, at least 1.</returns>
    public async Task<(IReadOnlyList<ListedSubscription> Lines, int Number, int Pages)> ReadAsync(SubscriptionState? state, int number)
    {
        number = Math.Max(1, number);
        if (state is null)
        {
            var page = await SearchAsync(number);
            if (page.Count == 0 && page.TotalPages > 0 && number > page.TotalPages)
                page = await SearchAsync(number = page.TotalPages);
            return (await ListedAsync(await lines.ReadAsync([.. page])), page.TotalPages == 0 ? 1 : number, Math.Max(1, page.TotalPages));
        }

        var found = new List<SubscriptionLine>();
        var looked = 0;
        await foreach (var batch in BatchesAsync(CancellationToken.None))
        {
            found.AddRange((await lines.ReadAsync(batch)).Where(line => line.Summary.State == state));
            if ((looked += batch.Count) >= MostFiltered)
                break;
        }

        var pages = Math.Max(1, (found.Count + Size - 1) / Size);
        number = Math.Min(number, pages);
        return (await ListedAsync([.. found.Skip((number - 1) * Size).Take(Size)]), number, pages);
    }

    /// <summary>Reads all, a batch at a time.</summary>
    /// <param name="state">Only those that stand like this; null for all.</param>
    /// <param name="cancellationToken">Cancels the reading.</param>
    public async IAsyncEnumerable<ListedSubscription> ReadAllAsync(SubscriptionState? state, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var batch in BatchesAsync(cancellationToken))
        {
            foreach (var line in await ListedAsync([.. (await lines.ReadAsync(batch)).Where(line => state is null || line.Summary.State == state)]))
                yield return line;
        }
    }

    private Task<IPagedList<RecurringPayment>> SearchAsync(int number) =>
        payments.GetAllPagedAsync(query => query.Where(payment => !payment.Deleted).OrderBy(payment => payment.Id), number - 1, Size);

    private async IAsyncEnumerable<IReadOnlyList<RecurringPayment>> BatchesAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        for (var (last, hasMore) = (0, true); hasMore;)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var after = last;
            var batch = await payments.GetAllAsync(query => query.Where(payment => payment.Id > after && !payment.Deleted).OrderBy(payment => payment.Id).Take(Batch));
            if (batch.Count > 0)
                yield return [.. batch];
            (last, hasMore) = (batch.LastOrDefault()?.Id ?? 0, batch.Count == Batch);
        }
    }

    private async Task<IReadOnlyList<ListedSubscription>> ListedAsync(IReadOnlyList<SubscriptionLine> page)
    {
        if (page.Count == 0)
            return [];
        var ids = page.Select(line => line.Summary.Order.CustomerId).Distinct().ToArray();
        var emails = (await customerService.GetCustomersByIdsAsync(ids)).ToDictionary(customer => customer.Id, customer => customer.Email);
        return [.. page.Select(line => new ListedSubscription(line, emails.GetValueOrDefault(line.Summary.Order.CustomerId) ?? string.Empty))];
    }
}
