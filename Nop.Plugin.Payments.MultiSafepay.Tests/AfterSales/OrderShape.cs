using Nop.Plugin.Payments.MultiSafepay.Api;
using Nop.Plugin.Payments.MultiSafepay.Checkout.Request;
using Nop.Services.Events;

namespace Nop.Plugin.Payments.MultiSafepay.Tests.AfterSales;

/// <summary>Another plugin that changes the requests.</summary>
internal sealed class OrderShape : IConsumer<OrderRequestCreatedEvent>
{
    public Func<OrderRequest, OrderRequest> Change { get; set; } = request => request;

    public Task HandleEventAsync(OrderRequestCreatedEvent eventMessage)
    {
        eventMessage.Request = Change(eventMessage.Request);
        return Task.CompletedTask;
    }
}
