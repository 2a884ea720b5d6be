using Nop.Core.Domain.Orders;
using Nop.Plugin.Payments.MultiSafepay.Api;

namespace Nop.Plugin.Payments.MultiSafepay.Checkout.Request;

/// <summary>
/// Published before an order is sent to MultiSafepay. A consumer (<c>IConsumer&lt;OrderRequestCreatedEvent&gt;</c>) of another plugin can replace the
/// request with a modified copy: <c>e.Request = e.Request with { … }</c>.
/// </summary>
/// <remarks>
/// The fields that tie the payment to the order cannot be changed: type, order id, amount, currency, <c>var1</c>, the notification and the lifetime of the link.
/// Fields of MultiSafepay's API that the request has no property for go into <see cref="OrderRequest.AdditionalFields"/>.
/// A cart that no longer adds up to the amount is balanced again. The consumer is responsible for respecting MultiSafepay's limits.
/// </remarks>
/// <param name="order">The order.</param>
/// <param name="request">The request that the plugin has built.</param>
public class OrderRequestCreatedEvent(Order order, OrderRequest request)
{
    /// <summary>The order that is to be paid.</summary>
    public Order Order { get; } = order;

    /// <summary>The request that will be sent.</summary>
    public OrderRequest Request { get; set; } = request;
}
