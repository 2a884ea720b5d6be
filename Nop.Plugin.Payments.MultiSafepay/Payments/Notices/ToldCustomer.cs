using Microsoft.AspNetCore.Mvc.ViewFeatures;
using Nop.Core.Domain.Orders;

namespace Nop.Plugin.Payments.MultiSafepay.Payments.Notices;

/// <summary>
/// Remembers until the next page that a message at its top tells the customer how the payment of an order stands, so that the order's page does not say it again. It lives where nopCommerce
/// keeps the message itself, so that neither is there without the other.
/// </summary>
public static class ToldCustomer
{
    private const string Key = "MultiSafepay.Told";

    /// <summary>Remembers that the next page has a message about an order.</summary>
    /// <param name="tempData">The temporary data of the request, which the next one gets.</param>
    /// <param name="order">The order.</param>
    public static void Remember(ITempDataDictionary tempData, Order order) => tempData[Key] = order.Id;

    /// <summary>Whether the page that is being shown has a message about an order. Answers once.</summary>
    /// <param name="tempData">The temporary data of the request; null if there is none.</param>
    /// <param name="order">The order.</param>
    public static bool Has(ITempDataDictionary? tempData, Order order) => tempData?[Key] is int id && id == order.Id;
}
