using Nop.Core.Domain.Orders;
using Nop.Services.Common;
using Sandbox.Shop.Data;

namespace Sandbox.Shop.Services;

/// <summary>Writes down the mails that nopCommerce would send about an order.</summary>
internal sealed class OrderMails(ShopDatabase database, IAddressService addresses, TimeProvider time)
{
    public const string Owner = "owner@shop.example";

    public async Task SendToCustomerAsync(string template, Order order) =>
        Add(template, (await addresses.GetAddressByIdAsync(order.BillingAddressId))?.Email ?? "", order);

    public Task SendToOwnerAsync(string template, Order order)
    {
        Add(template, Owner, order);
        return Task.CompletedTask;
    }

    private void Add(string template, string to, Order order) => database.Mails.Add(new SentMail(time.GetUtcNow().UtcDateTime, template, to, order.Id));
}
