using System.Globalization;
using Nop.Core.Domain.Orders;

namespace Nop.Plugin.Payments.MultiSafepay.Payments.Orders;

/// <summary>
/// Identifies an order of the shop. It is sent to MultiSafepay as <c>var1</c> and returned in the signed body of every notification: the GUID, which identifies the
/// order, and after a colon the id, by which the database finds it.
/// </summary>
/// <param name="OrderGuid">The order's GUID.</param>
/// <param name="Id">The order's id in nopCommerce; 0 if only the GUID is known.</param>
public sealed record OrderReference(Guid OrderGuid, int Id = 0)
{
    private const char Separator = ':';

    /// <summary>The reference of an order.</summary>
    public static OrderReference From(Order order) => new(order.OrderGuid, order.Id);

    /// <summary>Parses the output of <see cref="ToString"/>, or a GUID alone; null if the text is neither.</summary>
    public static OrderReference? Parse(string? text)
    {
        var parts = (text ?? string.Empty).Split(Separator, 2);
        if (!Guid.TryParse(parts[0], out var guid))
            return null;
        return new OrderReference(guid, parts.Length > 1 && int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : 0);
    }

    /// <summary>
    /// Whether something at MultiSafepay belongs to this order. MultiSafepay lets another shop of the same site use an order id that was never paid, so the id proves nothing; only the
    /// order's GUID does. Every request of the plugin contains it, so anything without it is not the plugin's.
    /// </summary>
    /// <param name="text">The <c>var1</c> at MultiSafepay.</param>
    /// <param name="order">The order.</param>
    public static bool IsOf(string? text, Order order) => Parse(text) is { } reference && reference.OrderGuid == order.OrderGuid;

    /// <inheritdoc/>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{OrderGuid:D}{Separator}{Id}");
}
