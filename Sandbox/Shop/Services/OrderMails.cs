using Nop.Core.Domain.Orders;
using Nop.Services.Common;
using Sandbox.Shop.Data;

namespace Sandbox.Shop.Services;

/// <summary>Writes down the mails that nopCommerce would send about an order.</summary>
internal sealed class OrderMails(ShopDatabase database, IAddressService addresses, TimeProvider time)
{
    public const string Owner = "owner@shop.example";

    public async Task SendToCustomerAsync(string template, Order order) =>
        await SendAsync(template, (await addresses.GetAddressByIdAsync(order.BillingAddressId))?.Email ?? "", order);

    public Task SendToOwnerAsync(string template, Order order) => SendAsync(template, Owner, order);

    private Task SendAsync(string template, string to, Order order) => database.SendAsync(new SentMail(time.GetUtcNow().UtcDateTime, template, to, order.Id));
}
