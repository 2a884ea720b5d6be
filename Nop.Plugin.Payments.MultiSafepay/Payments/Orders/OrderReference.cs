using System.Globalization;
using Nop.Core.Domain.Orders;

namespace Nop.Plugin.Payments.MultiSafepay.Payments.Orders;

/// <summary>
/// Names an order of the shop. It travels to MultiSafepay as <c>var1</c> and comes back in the signed body of every notification: the GUID that says which order is
/// meant, and behind a colon the number under which the database finds it.
/// </summary>
/// <param name="OrderGuid">The order's GUID.</param>
/// <param name="Id">The order's id in nopCommerce; 0 where only the GUID is known.</param>
public sealed record OrderReference(Guid OrderGuid, int Id = 0)
{
    private const char Separator = ':';

    /// <summary>The reference of an order.</summary>
    public static OrderReference From(Order order) => new(order.OrderGuid, order.Id);

    /// <summary>Reads what <see cref="ToString"/> wrote, or a GUID alone; null when it is neither.</summary>
    public static OrderReference? Parse(string? text)
    {
        var parts = (text ?? string.Empty).Split(Separator, 2);
        if (!Guid.TryParse(parts[0], out var guid))
            return null;
        return new OrderReference(guid, parts.Length > 1 && int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : 0);
    }

    /// <summary>
    /// Whether what MultiSafepay has belongs to this order. MultiSafepay gives an order id that was never paid to whoever uses it next, so that another shop of the same site can
    /// have it; only what carries the order's GUID is the order's. Every request of ours carries it, so that what carries none is not ours.
    /// </summary>
    /// <param name="text">The <c>var1</c> of what MultiSafepay has.</param>
    /// <param name="order">The order.</param>
    public static bool IsOf(string? text, Order order) => Parse(text) is { } reference && reference.OrderGuid == order.OrderGuid;

    /// <inheritdoc/>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{OrderGuid:D}{Separator}{Id}");
}
