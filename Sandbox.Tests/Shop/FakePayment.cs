using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Nop.Core.Domain.Orders;
using Nop.Core.Domain.Payments;
using Nop.Core.Events;
using Nop.Services.Events;
using Nop.Services.Payments;
using Nop.Services.Plugins;
using Nop.Web.Framework.Components;

namespace Sandbox.Tests.Shop;

/// <summary>What <see cref="FakePayment"/> can and does.</summary>
internal sealed class FakePaymentBehaviour
{
    public bool SupportsEverything { get; init; } = true;

    public decimal Fee { get; init; }

    public Func<Order, CapturePaymentResult> Capture { get; init; } = _ => new CapturePaymentResult { NewPaymentStatus = PaymentStatus.Paid, CaptureTransactionId = "capture" };

    public Func<RefundPaymentRequest, RefundPaymentResult> Refund { get; init; } = request =>
        new RefundPaymentResult { NewPaymentStatus = request.IsPartialRefund ? PaymentStatus.PartiallyRefunded : PaymentStatus.Refunded };

    public Func<Order, VoidPaymentResult> Void { get; init; } = _ => new VoidPaymentResult { NewPaymentStatus = PaymentStatus.Voided };

    public RecurringPaymentType RecurringPaymentType { get; init; } = RecurringPaymentType.NotSupported;

    /// <summary>What comes of the payment of a recurring order, the first one or a later one.</summary>
    public Func<ProcessPaymentRequest, ProcessPaymentResult> Recurring { get; init; } = _ => new ProcessPaymentResult();

    public Func<Order, CancelRecurringPaymentResult> CancelRecurring { get; init; } = _ => new CancelRecurringPaymentResult();

    /// <summary>The events that were published, as their type and what happened.</summary>
    public List<string> Events { get; } = [];

    /// <summary>Makes every consumer of events throw.</summary>
    public bool ConsumersThrow { get; init; }
}

/// <summary>A payment method of the tests that redirects to a made-up payment page.</summary>
internal sealed class FakePayment(FakePaymentBehaviour behaviour, IHttpContextAccessor http) : BasePlugin, IPaymentMethod
{
    public const string SystemName = "Payments.Fake";
    public const string PaymentPage = "https://pay.example/";

    public PaymentMethodType PaymentMethodType => PaymentMethodType.Redirection;

    public RecurringPaymentType RecurringPaymentType => behaviour.RecurringPaymentType;

    public bool SkipPaymentInfo => false;

    public bool SupportCapture => behaviour.SupportsEverything;

    public bool SupportPartiallyRefund => behaviour.SupportsEverything;

    public bool SupportRefund => behaviour.SupportsEverything;

    public bool SupportVoid => behaviour.SupportsEverything;

    public Task<bool> CanRePostProcessPaymentAsync(Order order) => Task.FromResult(true);

    public Task<CapturePaymentResult> CaptureAsync(CapturePaymentRequest capturePaymentRequest) => Task.FromResult(behaviour.Capture(capturePaymentRequest.Order));

    public Task<RefundPaymentResult> RefundAsync(RefundPaymentRequest refundPaymentRequest) => Task.FromResult(behaviour.Refund(refundPaymentRequest));

    public Task<VoidPaymentResult> VoidAsync(VoidPaymentRequest voidPaymentRequest) => Task.FromResult(behaviour.Void(voidPaymentRequest.Order));

    public Task<decimal> GetAdditionalHandlingFeeAsync(IList<ShoppingCartItem> cart) => Task.FromResult(behaviour.Fee);

    public Task<bool> HidePaymentMethodAsync(IList<ShoppingCartItem> cart) => Task.FromResult(false);

    public Task<IList<string>> ValidatePaymentFormAsync(IFormCollection form) => Task.FromResult<IList<string>>([]);

    public Task<ProcessPaymentRequest> GetPaymentInfoAsync(IFormCollection form) => Task.FromResult(new ProcessPaymentRequest());

    public Type GetPublicViewComponent() => typeof(FakePaymentViewComponent);

    public Task<string> GetPaymentMethodDescriptionAsync() => Task.FromResult("Pays nothing");

    public Task<ProcessPaymentResult> ProcessPaymentAsync(ProcessPaymentRequest processPaymentRequest) => Task.FromResult(new ProcessPaymentResult());

    public Task PostProcessPaymentAsync(PostProcessPaymentRequest postProcessPaymentRequest)
    {
        http.HttpContext!.Response.Redirect($"{PaymentPage}{postProcessPaymentRequest.Order.Id}");
        return Task.CompletedTask;
    }

    public Task<ProcessPaymentResult> ProcessRecurringPaymentAsync(ProcessPaymentRequest processPaymentRequest) => Task.FromResult(behaviour.Recurring(processPaymentRequest));

    public Task<CancelRecurringPaymentResult> CancelRecurringPaymentAsync(CancelRecurringPaymentRequest cancelPaymentRequest) =>
        Task.FromResult(behaviour.CancelRecurring(cancelPaymentRequest.Order));
}

/// <summary>The payment step of <see cref="FakePayment"/>.</summary>
public sealed class FakePaymentViewComponent : NopViewComponent
{
    public IViewComponentResult Invoke() => Content("Nothing to fill in.");
}

/// <summary>Writes down the events of orders.</summary>
internal sealed class EventRecorder(FakePaymentBehaviour behaviour) : IConsumer<OrderPlacedEvent>, IConsumer<OrderPaidEvent>, IConsumer<OrderAuthorizedEvent>,
    IConsumer<OrderRefundedEvent>, IConsumer<OrderVoidedEvent>, IConsumer<OrderStatusChangedEvent>,
    IConsumer<EntityInsertedEvent<RecurringPayment>>, IConsumer<EntityUpdatedEvent<RecurringPayment>>, IConsumer<EntityInsertedEvent<RecurringPaymentHistory>>
{
    public Task HandleEventAsync(OrderPlacedEvent eventMessage) => Record("placed");

    public Task HandleEventAsync(OrderPaidEvent eventMessage) => Record("paid");

    public Task HandleEventAsync(OrderAuthorizedEvent eventMessage) => Record("authorized");

    public Task HandleEventAsync(OrderRefundedEvent eventMessage) => Record(FormattableString.Invariant($"refunded {eventMessage.Amount:0.00}"));

    public Task HandleEventAsync(OrderVoidedEvent eventMessage) => Record("voided");

    public Task HandleEventAsync(OrderStatusChangedEvent eventMessage) => Record($"{eventMessage.PreviousOrderStatus} to {eventMessage.Order.OrderStatus}");

    public Task HandleEventAsync(EntityInsertedEvent<RecurringPayment> eventMessage) => Record("recurring payment inserted");

    public Task HandleEventAsync(EntityUpdatedEvent<RecurringPayment> eventMessage) => Record($"recurring payment updated: {(eventMessage.Entity.IsActive ? "active" : "ended")}");

    public Task HandleEventAsync(EntityInsertedEvent<RecurringPaymentHistory> eventMessage) => Record($"order {eventMessage.Entity.OrderId} in the history");

    private Task Record(string what)
    {
        lock (behaviour.Events)
            behaviour.Events.Add(what);
        return behaviour.ConsumersThrow ? throw new InvalidOperationException("The consumer fails.") : Task.CompletedTask;
    }
}
