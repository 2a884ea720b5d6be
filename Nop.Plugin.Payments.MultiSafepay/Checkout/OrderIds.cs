using System.Globalization;
using System.Text.RegularExpressions;
using Nop.Core.Domain.Orders;
using Nop.Services.Orders;

namespace Nop.Plugin.Payments.MultiSafepay.Checkout;

/// <summary>
/// The order ids at MultiSafepay: the number that owner and customer know, and from the second attempt on a suffix, because MultiSafepay takes an id once.
/// </summary>
public static partial class OrderIds
{
    /// <summary>The longest order id that MultiSafepay accepts, in characters.</summary>
    public const int MaxLength = 50;

    private const int MaxSuffixLength = 6;

    /// <summary>The order id of the order's n-th attempt, counted from 1.</summary>
    public static string For(Order order, int attempt) => attempt == 1
        ? Number(order)
        : string.Create(CultureInfo.InvariantCulture, $"{Number(order)}-{attempt}");

    /// <summary>Finds the order of the shop that an order id of MultiSafepay may belong to. The caller checks that it really does.</summary>
    public static async Task<Order?> FindAsync(IOrderService orderService, string orderId)
    {
        if (orderId.Length > MaxLength || !Safe().IsMatch(orderId))
            return null;

        var withoutSuffix = Suffix().Replace(orderId, string.Empty);
        foreach (var number in new[] { orderId, withoutSuffix }.Distinct(StringComparer.Ordinal))
        {
            if (await orderService.GetOrderByCustomOrderNumberAsync(number) is { } order)
                return order;
        }

        return int.TryParse(withoutSuffix, NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? await orderService.GetOrderByIdAsync(id) : null;
    }

    // An owner may give orders numbers with any characters; what could not travel in a URL is replaced by nopCommerce's own id.
    private static string Number(Order order) =>
        order.CustomOrderNumber is { Length: > 0 and <= MaxLength - MaxSuffixLength } number && Safe().IsMatch(number)
            ? number
            : order.Id.ToString(CultureInfo.InvariantCulture);

    [GeneratedRegex(@"^[A-Za-z0-9_.\-]+\z", RegexOptions.CultureInvariant)]
    private static partial Regex Safe();

    [GeneratedRegex(@"-[0-9]{1,5}\z", RegexOptions.CultureInvariant)]
    private static partial Regex Suffix();
}
