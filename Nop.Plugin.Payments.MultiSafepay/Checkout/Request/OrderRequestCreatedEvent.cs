using Nop.Core.Domain.Orders;
using Nop.Plugin.Payments.MultiSafepay.Api;

namespace Nop.Plugin.Payments.MultiSafepay.Checkout.Request;

/// <summary>
/// Published before an order is sent to MultiSafepay. A consumer (<c>IConsumer&lt;OrderRequestCreatedEvent&gt;</c>) of another plugin may replace the
/// request by a changed copy: <c>e.Request = e.Request with { … }</c>.
/// </summary>
/// <remarks>
/// What ties the payment to the order stays as it was, whatever a consumer writes there: type of message, order id, amount, currency, <c>var1</c>, the
/// notification and how long the link lives. A cart that no longer comes to the amount is balanced again. A consumer keeps to MultiSafepay's limits itself.
/// </remarks>
/// <param name="order">The order.</param>
/// <param name="request">The request as the plugin made it.</param>
public class OrderRequestCreatedEvent(Order order, OrderRequest request)
{
    /// <summary>The order that is to be paid.</summary>
    public Order Order { get; } = order;

    /// <summary>The request that will be sent.</summary>
    public OrderRequest Request { get; set; } = request;
}
