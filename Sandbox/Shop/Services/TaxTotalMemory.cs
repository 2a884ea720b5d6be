namespace Sandbox.Shop.Services;

/// <summary>
/// The tax of a cart, kept for the rest of the request under the name and by the rule of nopCommerce's own tax provider (FixedOrByCountryStateZip): whatever was added up
/// first with the payment fee answers every later question of the request, whoever asks and for whichever cart; without the fee it answers less the fee's tax. What is added
/// up without the fee is not kept.
/// </summary>
internal sealed class TaxTotalMemory(IHttpContextAccessor http)
{
    private const string Key = "nop.TaxTotal";

    /// <summary>What is kept; null outside a request and before the first answer.</summary>
    public (SortedDictionary<decimal, decimal> ByRate, decimal Total)? Find(bool withPaymentFee) => Items is { } items && items.TryGetValue(Key, out var kept)
        && kept is (SortedDictionary<decimal, decimal> byRate, decimal feeTax)
        ? (byRate, byRate.Values.Sum() - (withPaymentFee ? 0 : feeTax))
        : null;

    public void Keep(SortedDictionary<decimal, decimal> byRate, decimal feeTax) => Items?.TryAdd(Key, (byRate, feeTax));

    private IDictionary<object, object?>? Items => http.HttpContext?.Items;
}
