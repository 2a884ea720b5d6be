using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Nop.Core.Domain.Orders;
using Nop.Core.Domain.Payments;
using Nop.Plugin.Payments.MultiSafepay;
using Nop.Plugin.Payments.MultiSafepay.Api;
using Nop.Plugin.Payments.MultiSafepay.Payments.Orders;
using Nop.Plugin.Payments.MultiSafepay.Payments.Records;
using Sandbox.Shop;
using Sandbox.Shop.Data;
using Sandbox.Shop.Hosting;

namespace Benchmarks;

/// <summary>The sandbox's shop with the plugin on a free port of this machine, with two more addresses that do nothing: an action, and no action at all.</summary>
internal sealed class BenchShop : IAsyncDisposable
{
    /// <summary>An address without a controller, which answers 200 to anything.</summary>
    public const string BarePath = "/bare";

    /// <summary>The webhook of the first store.</summary>
    public const string WebhookPath = "/multisafepay/notification/1";

    // Nobody listens there, and nothing leaves this machine.
    private const string Nowhere = "http://127.0.0.1:9/v1/json/";

    private readonly WebApplication _app;

    private BenchShop(WebApplication app, ShopDatabase database) => (_app, Database) = (app, database);

    public ShopDatabase Database { get; }

    public int Port => new Uri(_app.Urls.First()).Port;

    public static async Task<BenchShop> StartAsync(TimeProvider? time = null, Action<IServiceCollection>? configure = null)
    {
        var database = new ShopDatabase();
        var app = ShopHost.Build(new ShopOptions
        {
            Url = "http://127.0.0.1:0",
            ApiUrl = Nowhere,
            ApiKey = Samples.ApiKey,
            Plugins =
            [
                PluginSource.FromAssembly(typeof(MultiSafepayPaymentMethod).Assembly),
                PluginSource.From("Benchmarks.Nothing", typeof(NothingPlugin), typeof(NothingController), typeof(NothingRoutes)),
            ],
            Database = database,
            Time = time ?? TimeProvider.System,
            ConfigureServices = configure,
            ConsoleLevel = LogLevel.None,
        });
        app.MapPost(BarePath, _ => Task.CompletedTask);
        await app.StartAsync();
        return new BenchShop(app, database);
    }

    /// <summary>The services of one request.</summary>
    public AsyncServiceScope NewScope() => _app.Services.CreateAsyncScope();

    /// <summary>Puts an order into the shop that waits for its payment.</summary>
    public async Task<Order> PlaceAsync(decimal total = 49.95m, DateTime? createdUtc = null)
    {
        var order = NewOrder(total, createdUtc ?? DateTime.UtcNow);
        await Database.InsertAsync(order);
        order.CustomOrderNumber = order.Id.ToString(CultureInfo.InvariantCulture);
        await Database.UpdateAsync(order);
        await using var scope = NewScope();
        await scope.ServiceProvider.GetRequiredService<PaymentRecordStore>().SaveAsync(order, RecordOf(order));
        return order;
    }

    /// <summary>An order of the first store that waits for its payment with MultiSafepay.</summary>
    public static Order NewOrder(decimal total, DateTime createdUtc) => new()
    {
        StoreId = 1,
        OrderGuid = Guid.NewGuid(),
        CustomerId = 1,
        CustomerLanguageId = 1,
        CustomerCurrencyCode = "EUR",
        CurrencyRate = 1,
        OrderTotal = total,
        OrderSubtotalInclTax = total,
        OrderSubtotalExclTax = total,
        OrderStatus = OrderStatus.Pending,
        PaymentStatus = PaymentStatus.Pending,
        PaymentMethodSystemName = MultiSafepayDefaults.SystemName,
        CreatedOnUtc = createdUtc,
        TaxRates = "",
        CustomOrderNumber = "",
    };

    /// <summary>What the plugin remembers of an order whose payment was started.</summary>
    public static PaymentRecord RecordOf(Order order) => new()
    {
        Attempts =
        [
            new PaymentAttempt
            {
                OrderId = order.CustomOrderNumber,
                Environment = MultiSafepayEnvironment.Test,
                Currency = "EUR",
                Amount = (long)(order.OrderTotal * 100),
                CurrencyRate = 1,
                CreatedUtc = order.CreatedOnUtc,
                ExpiresUtc = order.CreatedOnUtc.AddDays(30),
                PaymentUrl = "https://pay.example/" + order.CustomOrderNumber,
            },
        ],
    };

    /// <summary>A notification that the order was paid.</summary>
    public static byte[] Payment(Order order) => Samples.Bytes(Samples.Transaction(order.CustomOrderNumber, OrderReference.From(order), (long)(order.OrderTotal * 100)));

    /// <summary>The request that brings a notification to the webhook, signed at this time.</summary>
    public byte[] Signed(byte[] body, DateTimeOffset at) => RawConnection.Post(Port, WebhookPath, body, Samples.Sign(body, at));

    public async ValueTask DisposeAsync() => await _app.DisposeAsync();
}
