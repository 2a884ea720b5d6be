using Microsoft.AspNetCore.Http;

namespace Nop.Plugin.Payments.MultiSafepay.Checkout.Methods;

/// <summary>
/// Isolates the totals that nopCommerce caches in the request. A tax provider caches the calculated tax, including that of the fee, and does not notice when another payment
/// method is chosen in the same request, as in a one-page checkout. So totals from before a choice is stored must not be used after it.
/// </summary>
public class RequestTotals(IHttpContextAccessor httpContextAccessor)
{
    // The key (FixedOrByCountryStateZip) or the prefix of the keys (Avalara) of nopCommerce's own tax providers, and of providers that are modelled on them.
    private const string TaxTotalKey = "nop.TaxTotal";

    /// <summary>
    /// Runs a calculation without the cached totals, and discards everything that it caches in the request under any key. No other code of the request may run at
    /// the same time.
    /// </summary>
    public async Task<T> ApartAsync<T>(Func<Task<T>> calculate)
    {
        if (httpContextAccessor.HttpContext is not { } context)
            return await calculate();

        var items = context.Items;
        try
        {
            context.Items = new Dictionary<object, object?>(items.Where(item => !IsTotal(item.Key)));
            return await calculate();
        }
        finally
        {
            context.Items = items;
        }
    }

    /// <summary>Removes the cached totals from the request, because they were calculated for another choice.</summary>
    public void Forget()
    {
        if (httpContextAccessor.HttpContext?.Items is not { } items)
            return;
        foreach (var key in items.Keys.Where(IsTotal).ToList())
            items.Remove(key);
    }

    private static bool IsTotal(object key) => key is string name && name.StartsWith(TaxTotalKey, StringComparison.Ordinal);
}
