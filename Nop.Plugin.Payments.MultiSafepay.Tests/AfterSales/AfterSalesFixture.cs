using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Nop.Core.Domain.Directory;
using Nop.Core.Domain.Orders;
using Nop.Core.Domain.Payments;
using Nop.Core.Domain.Shipping;
using Nop.Plugin.Payments.MultiSafepay.Api;
using Nop.Plugin.Payments.MultiSafepay.Checkout.Request;
using Nop.Plugin.Payments.MultiSafepay.Payments.Records;
using Nop.Plugin.Payments.MultiSafepay.Reconciliation;
using Nop.Plugin.Payments.MultiSafepay.Tests.Integration;
using Nop.Services.Events;
using Nop.Services.Orders;
using Sandbox.Shop;
using Sandbox.Testing;

namespace Nop.Plugin.Payments.MultiSafepay.Tests.AfterSales;

/// <summary>A host in which orders are paid, and what comes after is done as the owner does it: by nopCommerce's own operations.</summary>
internal abstract class AfterSalesFixture : IntegrationFixture
{
    protected KillSwitch Kill { get; } = new();

    protected OrderShape Shape { get; } = new();

    protected override ShopOptions Configure(ShopOptions options) => options with
    {
        ConfigureServices = services =>
        {
            services.AddSingleton<IConsumer<OrderRequestCreatedEvent>>(Shape);
            services.AddHttpClient(nameof(IMultiSafepayClient)).AddHttpMessageHandler(() => new KillSwitch.Handler(Kill));
        }
    };

    /// <summary>An order that was paid, in the currency that the customer chose.</summary>
    protected async Task<Order> PayAsync(string currency = "EUR", string gateway = "IDEAL", int productId = 1, int quantity = 1)
    {
        var order = await OrderAsync(currency, productId, quantity);
        await Host.Simulator.MoveAsync(order.CustomOrderNumber, "completed", new JsonObject { ["gateway"] = gateway });
        return await UntilAsync(order, PaymentStatus.Paid);
    }

    /// <summary>An order that was paid, whose notifications reach the shop or get lost from the first to the last: then the task has found the payment.</summary>
    protected async Task<Order> PayAsync(string gateway, bool isFoundByTask)
    {
        if (!isFoundByTask)
            return await PayAsync(gateway: gateway);
        await LoseNotificationsAsync();
        var order = await OrderAsync("EUR");
        await Host.Simulator.MoveAsync(order.CustomOrderNumber, "completed", new JsonObject { ["gateway"] = gateway });
        await RunTaskLaterAsync();
        return await Host.ReloadAsync(order);
    }

    /// <summary>The notifications of orders that are placed from now on come to an address where nobody takes them.</summary>
    protected Task LoseNotificationsAsync() => Host.SetAsync(settings => settings.NotificationBaseUrl = new Uri(Host.Shop.Url, "nowhere/").AbsoluteUri);

    /// <summary>An order whose card payment waits to be captured.</summary>
    protected async Task<Order> AuthorizeAsync(string currency = "EUR", string gateway = "VISA")
    {
        Shape.Change = request => request with { Capture = "manual", Gateway = gateway };
        var order = await OrderAsync(currency, productId: 1, quantity: 1);
        await Host.Simulator.MoveAsync(order.CustomOrderNumber, "authorised");
        return await UntilAsync(order, PaymentStatus.Authorized);
    }

    protected Task<Order> UntilAsync(Order order, PaymentStatus status) => Host.UntilAsync(order, status);

    /// <summary>Presses one of nopCommerce's buttons on the order's page; answers the errors that it shows.</summary>
    protected Task<IList<string>> PressAsync(Order order, Func<IOrderProcessingService, Order, Task<IList<string>>> button, TestShop? shop = null) =>
        (shop ?? Host.Shop).InScopeAsync(async services =>
        {
            var seen = (await services.GetRequiredService<IOrderService>().GetOrderByIdAsync(order.Id))!;
            return await button(services.GetRequiredService<IOrderProcessingService>(), seen);
        });

    /// <summary>Does to an order what shows no errors: nopCommerce's buttons that mark it as paid or cancel it.</summary>
    protected Task ChangeAsync(Order order, Func<IOrderProcessingService, Order, Task> change) => Host.Shop.InScopeAsync(async services =>
        await change(services.GetRequiredService<IOrderProcessingService>(), (await services.GetRequiredService<IOrderService>().GetOrderByIdAsync(order.Id))!));

    protected Task<IList<string>> RefundAsync(Order order, TestShop? shop = null) => PressAsync(order, (processing, seen) => processing.RefundAsync(seen), shop);

    protected Task<IList<string>> RefundAsync(Order order, decimal amount, TestShop? shop = null) =>
        PressAsync(order, (processing, seen) => processing.PartiallyRefundAsync(seen, amount), shop);

    protected Task<IList<string>> CaptureAsync(Order order, TestShop? shop = null) => PressAsync(order, (processing, seen) => processing.CaptureAsync(seen), shop);

    protected Task<IList<string>> VoidAsync(Order order, TestShop? shop = null) => PressAsync(order, (processing, seen) => processing.VoidAsync(seen), shop);

    /// <summary>Lets the time pass until the task would run again, and runs it.</summary>
    protected async Task RunTaskLaterAsync(TestShop? shop = null)
    {
        Host.Simulator.Time.Advance(TimeSpan.FromMinutes(15));
        await (shop ?? Host.Shop).InScopeAsync(services => services.GetRequiredService<Reconciler>().RunAsync(Integration.IntegrationHost.NothingToTakeOver, CancellationToken.None));
    }

    /// <summary>Lets the time pass until the payment is so old, in days, and runs the task, which looks at a paid order once more at the age of one day and of seven.</summary>
    protected async Task RunTaskAtAgeAsync(Order order, int days)
    {
        var paid = (await Host.ReloadAsync(order)).PaidDateUtc ?? order.CreatedOnUtc;
        Host.Simulator.Time.Advance(paid.AddDays(days).AddMinutes(15) - Host.Simulator.Time.GetUtcNow().UtcDateTime);
        await Host.ReconcileAsync();
    }

    /// <summary>Sends a parcel with some of each item, or with all that is left.</summary>
    protected Task ShipAsync(Order order, string? trackingNumber, int? quantity = null) => Host.Shop.InScopeAsync(async services =>
    {
        var database = Host.Shop.Database;
        var shipment = new Shipment { OrderId = order.Id, TrackingNumber = trackingNumber, CreatedOnUtc = Host.Simulator.Time.GetUtcNow().UtcDateTime };
        await database.InsertAsync(shipment);
        foreach (var item in await database.ListAsync<OrderItem>(item => item.OrderId == order.Id))
            await database.InsertAsync(new ShipmentItem { ShipmentId = shipment.Id, OrderItemId = item.Id, Quantity = quantity ?? item.Quantity });
        await services.GetRequiredService<IOrderProcessingService>().ShipAsync(shipment, notifyCustomer: false);
    });

    /// <summary>Enters the number of the order's last parcel on nopCommerce's shipment page.</summary>
    protected Task SetTrackingNumberAsync(Order order, string trackingNumber) => Host.Shop.InScopeAsync(async services =>
    {
        var shipment = (await Host.Shop.Database.ListAsync<Shipment>(shipment => shipment.OrderId == order.Id)).MaxBy(shipment => shipment.Id)!;
        shipment.TrackingNumber = trackingNumber;
        await Host.Shop.Database.UpdateAsync(shipment);
        await services.GetRequiredService<Nop.Core.Events.IEventPublisher>().PublishAsync(new ShipmentTrackingNumberSetEvent(shipment));
    });

    protected Task<IReadOnlyList<int>> OpenWorkAsync() => Host.Shop.InScopeAsync(services => services.GetRequiredService<FollowUpList>().OrdersWithOpenWorkAsync());

    protected async Task<Order> OrderAsync(string currency, int productId = 1, int quantity = 1)
    {
        using var browser = Host.Shop.NewBrowser();
        var id = (await Host.Shop.Database.ListAsync<Currency>(row => row.CurrencyCode == currency)).Single().Id;
        await browser.PostAsync("Home/SetCurrency", ("id", $"{id}"));
        await browser.CheckOutAsync(MultiSafepayDefaults.SystemName, productId, quantity);
        await browser.PlaceOrderAsync();
        return (await Host.Shop.Database.ListAsync<Order>()).MaxBy(order => order.Id)!;
    }
}

/// <summary>Kills the shop's work right after MultiSafepay has answered a write: whatever would have followed does not happen.</summary>
internal sealed class KillSwitch
{
    private volatile bool _hasWritten;

    public bool IsArmed { get; set; }

    /// <summary>After the next write MultiSafepay cannot be read any more.</summary>
    public bool FailReadsAfterWrite
    {
        get;
        set => (field, _hasWritten) = (value, false);
    }

    /// <summary>What happens in the shop each time before MultiSafepay's answer to a question arrives.</summary>
    public Func<Task>? WhenRead { get; set; }

    internal sealed class Handler(KillSwitch kill) : DelegatingHandler
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            if (kill.FailReadsAfterWrite && kill._hasWritten && request.Method == HttpMethod.Get)
                throw new HttpRequestException("The network is down.");
            kill._hasWritten |= request.Method != HttpMethod.Get;
            var answer = await base.SendAsync(request, cancellationToken);
            if (request.Method == HttpMethod.Get && kill.WhenRead is { } happen)
                await happen();
            if (!kill.IsArmed || request.Method == HttpMethod.Get)
                return answer;
            answer.Dispose();
            throw new InvalidProgramException("The shop was killed.");
        }
    }
}
