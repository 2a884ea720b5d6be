using System.Runtime.CompilerServices;
using Nop.Core;
using Nop.Core.Domain.Orders;
using Nop.Plugin.Payments.MultiSafepay.Subscriptions;
using Nop.Services.Customers;
using Nop.Services.Orders;

namespace Nop.Plugin.Payments.MultiSafepay.OrderPanel.SubscriptionList;

/// <summary>A subscription in the owner's list.</summary>
/// <param name="Line">The subscription.</param>
/// <param name="Email">The customer's e-mail address; empty if there is none.</param>
public sealed record ListedSubscription(SubscriptionLine Line, string Email);

/// <summary>
/// Reads the subscriptions of all stores in pages of nopCommerce's own list of recurring payments, the oldest first. A page has fewer lines than <see cref="Size"/> if customers also subscribe with
/// another payment method. How a subscription stands is in no column, so a page of those in one state is made from all, of which at most <see cref="MostFiltered"/> are looked at.
/// </summary>
public class SubscriptionPages(SubscriptionLines lines, IOrderService orderService, ICustomerService customerService)
{
    /// <summary>The lines of a page.</summary>
    public const int Size = 50;

    /// <summary>The recurring payments that are looked at, at most, for a page of those in one state. No source; chosen: some thousand queries. The file has all.</summary>
    public const int MostFiltered = 2_000;

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
        for (var (read, hasMore) = (1, true); hasMore && read <= MostFiltered / Size; read++)
        {
            var page = await SearchAsync(read);
            hasMore = page.HasNextPage;
            found.AddRange((await lines.ReadAsync([.. page])).Where(line => line.Summary.State == state));
        }

        var pages = Math.Max(1, (found.Count + Size - 1) / Size);
        number = Math.Min(number, pages);
        return (await ListedAsync([.. found.Skip((number - 1) * Size).Take(Size)]), number, pages);
    }

    /// <summary>Reads all, a page at a time.</summary>
    /// <param name="state">Only those that stand like this; null for all.</param>
    /// <param name="cancellationToken">Cancels the reading.</param>
    public async IAsyncEnumerable<ListedSubscription> ReadAllAsync(SubscriptionState? state, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        for (var (number, hasMore) = (1, true); hasMore; number++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var page = await SearchAsync(number);
            hasMore = page.HasNextPage;
            foreach (var line in await ListedAsync([.. (await lines.ReadAsync([.. page])).Where(line => state is null || line.Summary.State == state)]))
                yield return line;
        }
    }

    private Task<IPagedList<RecurringPayment>> SearchAsync(int number) => orderService.SearchRecurringPaymentsAsync(pageIndex: number - 1, pageSize: Size, showHidden: true);

    private async Task<IReadOnlyList<ListedSubscription>> ListedAsync(IReadOnlyList<SubscriptionLine> page)
    {
        if (page.Count == 0)
            return [];
        var ids = page.Select(line => line.Summary.Order.CustomerId).Distinct().ToArray();
        var emails = (await customerService.GetCustomersByIdsAsync(ids)).ToDictionary(customer => customer.Id, customer => customer.Email);
        return [.. page.Select(line => new ListedSubscription(line, emails.GetValueOrDefault(line.Summary.Order.CustomerId) ?? string.Empty))];
    }
}
