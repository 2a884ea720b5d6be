using Microsoft.AspNetCore.Http;

namespace Nop.Plugin.Payments.MultiSafepay.Checkout.Methods;

/// <summary>
/// What nopCommerce adds up of a cart stays in the request: a tax provider keeps the tax it has found, the fee's included, for whoever asks later, and does not know that
/// another payment method was chosen meanwhile. So what is added up before a choice is stored must not be found after it. A checkout on one page does both in one request.
/// </summary>
public class RequestTotals(IHttpContextAccessor httpContextAccessor)
{
    // The name under which nopCommerce's own providers keep it (FixedOrByCountryStateZip), or with which their names begin (Avalara), and those that were made after them.
    private const string TaxTotalKey = "nop.TaxTotal";

    /// <summary>
    /// Adds something up from scratch, and leaves nothing of it in the request: what is kept meanwhile, under whatever name, is forgotten with the answer. Nothing
    /// else of the request may run at the same time.
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

    /// <summary>Forgets what others have added up in this request, because it was for another choice.</summary>
    public void Forget()
    {
        if (httpContextAccessor.HttpContext?.Items is not { } items)
            return;
        foreach (var key in items.Keys.Where(IsTotal).ToList())
            items.Remove(key);
    }

    private static bool IsTotal(object key) => key is string name && name.StartsWith(TaxTotalKey, StringComparison.Ordinal);
}
