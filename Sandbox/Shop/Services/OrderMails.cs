using System.Globalization;
using System.Net;
using Nop.Core.Domain.Orders;
using Nop.Services.Common;
using Sandbox.Shop.Data;

namespace Sandbox.Shop.Services;

/// <summary>Writes down the mails that nopCommerce would send about an order: each as a sentence, in place of nopCommerce's own template.</summary>
internal sealed class OrderMails(ShopDatabase database, IAddressService addresses, TimeProvider time)
{
    public const string Owner = "owner@shop.example";

    public async Task SendToCustomerAsync(string template, Order order) =>
        await SendAsync(template, (await addresses.GetAddressByIdAsync(order.BillingAddressId))?.Email ?? "", order);

    public Task SendToOwnerAsync(string template, Order order) => SendAsync(template, Owner, order);

    private Task SendAsync(string template, string to, Order order)
    {
        var happened = Words(template.Split('.')[0]);
        var amount = $"{order.CustomerCurrencyCode} {(order.OrderTotal * order.CurrencyRate).ToString("N2", CultureInfo.InvariantCulture)}";
        var date = order.CreatedOnUtc.ToString("d MMMM yyyy", CultureInfo.InvariantCulture);
        var status = $"The order is {Words(order.OrderStatus.ToString()).ToLowerInvariant()}, its payment {Words(order.PaymentStatus.ToString()).ToLowerInvariant()}.";
        return database.SendAsync(new SentMail(time.GetUtcNow().UtcDateTime, template, to, order.Id)
        {
            From = $"De Koperen Pan <{Owner}>",
            Subject = $"{happened}: {order.CustomOrderNumber}",
            Body = $"<p>{WebUtility.HtmlEncode($"{happened}: order {order.CustomOrderNumber} of {date}, {amount}.")}</p><p>{WebUtility.HtmlEncode(status)}</p>"
        });
    }

    // "OrderPlaced" as "Order placed".
    private static string Words(string name) => string.Concat(name.Select((letter, at) => at > 0 && char.IsUpper(letter) ? $" {char.ToLowerInvariant(letter)}" : $"{letter}"));
}
