using System.Net;
using System.Text;
using System.Text.Json;
using BenchmarkDotNet.Attributes;
using Microsoft.Extensions.DependencyInjection;
using Nop.Core.Domain.Catalog;
using Nop.Core.Domain.Common;
using Nop.Core.Domain.Orders;
using Nop.Plugin.Payments.MultiSafepay.Api;
using Nop.Plugin.Payments.MultiSafepay.Checkout.Request;
using Nop.Plugin.Payments.MultiSafepay.Payments.Stores;
using Nop.Services.Stores;

namespace Benchmarks;

/// <summary>
/// From an order of the shop to the request that MultiSafepay gets: reading and building it with the shop's own services, and writing it as JSON into a connection
/// that leads nowhere. Compared with writing the same JSON from a <see cref="JsonDocument"/>, which has nothing to think about.
/// </summary>
public class OrderRequestBenchmarks
{
    private static readonly ApiCredentials _credentials = new(MultiSafepayEnvironment.Test, Samples.ApiKey);

    private readonly Sink _sink = new();
    private BenchShop _shop = null!;
    private MultiSafepayClient _client = null!;
    private HttpClient _http = null!;
    private Order _order = null!;
    private OrderRequest _request = null!;
    private JsonDocument _document = null!;

    /// <summary>How many lines the order has.</summary>
    [Params(1, 20, 200)]
    public int Lines { get; set; }

    [GlobalSetup]
    public void Setup() => SetupAsync().GetAwaiter().GetResult();

    [GlobalCleanup]
    public void Cleanup()
    {
        _document.Dispose();
        _http.Dispose();
        _shop.DisposeAsync().AsTask().GetAwaiter().GetResult();
    }

    [Benchmark(Baseline = true, Description = "the same JSON, written only")]
    public long Write()
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream))
            _document.WriteTo(writer);
        return stream.Length;
    }

    [Benchmark(Description = "serialized")]
    public HttpContent Serialize() => JsonBody.From(_request);

    [Benchmark(Description = "serialized and sent nowhere")]
    public Task<CreatedOrder> Send() => _client.CreateOrderAsync(_credentials, _request, CancellationToken.None);

    [Benchmark(Description = "built")]
    public async Task<OrderRequest> Build()
    {
        await using var scope = _shop.NewScope();
        var settings = await scope.ServiceProvider.GetRequiredService<StoreSettings>().ForStoreAsync(_order.StoreId);
        var store = await scope.ServiceProvider.GetRequiredService<IStoreService>().GetStoreByIdAsync(_order.StoreId);
        return await scope.ServiceProvider.GetRequiredService<OrderRequestFactory>().CreateAsync(_order, store, settings, BenchShop.RecordOf(_order).Current!);
    }

    private async Task SetupAsync()
    {
        _shop = await BenchShop.StartAsync();
        _http = new HttpClient(_sink);
        _client = new MultiSafepayClient(_http, ApiEndpoints.Official, TimeProvider.System);
        _order = await PlaceAsync(Lines);
        _request = await Build();
        if (_request.ShoppingCart?.Items.Count < Lines)
            throw new InvalidOperationException("The request has not all lines.");
        await Send();
        _document = JsonDocument.Parse(_sink.Last);
    }

    // Prices with awkward cents, so that rounding has something to do.
    private async Task<Order> PlaceAsync(int lines)
    {
        var address = new Address
        {
            FirstName = "Zoë",
            LastName = "de Vries",
            Email = "customer@shop.example",
            PhoneNumber = "0208500500",
            Address1 = "Kraanspoor 39C",
            ZipPostalCode = "1033SC",
            City = "Amsterdam",
            CountryId = 1
        };
        await _shop.Database.InsertAsync(address);
        var order = await _shop.PlaceAsync(34.95m * lines);
        order.BillingAddressId = address.Id;
        order.ShippingAddressId = address.Id;
        order.TaxRates = FormattableString.Invariant($"21:{order.OrderTotal / 121 * 21:0.00};");
        order.OrderSubtotalExclTax = order.OrderTotal / 1.21m;
        order.OrderTax = order.OrderTotal - order.OrderSubtotalExclTax;
        await _shop.Database.UpdateAsync(order);
        for (var line = 1; line <= lines; line++)
        {
            var product = new Product { Name = FormattableString.Invariant($"Frying pan no. {line}"), Sku = FormattableString.Invariant($"PAN-{line:0000}"), Price = 34.95m, Published = true };
            await _shop.Database.InsertAsync(product);
            await _shop.Database.InsertAsync(new OrderItem
            {
                OrderItemGuid = Guid.NewGuid(),
                OrderId = order.Id,
                ProductId = product.Id,
                Quantity = 1,
                UnitPriceInclTax = 34.95m,
                UnitPriceExclTax = 28.8843m,
                PriceInclTax = 34.95m,
                PriceExclTax = 28.8843m,
                AttributeDescription = "",
                AttributesXml = "",
            });
        }

        return order;
    }

    /// <summary>Takes every request and answers as MultiSafepay does.</summary>
    private sealed class Sink : HttpMessageHandler
    {
        private static readonly byte[] _answer = Encoding.UTF8.GetBytes("""{"success":true,"data":{"order_id":"1","payment_url":"https://pay.example/1"}}""");

        public byte[] Last { get; private set; } = [];

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            Last = await request.Content!.ReadAsByteArrayAsync(cancellationToken);
            return new HttpResponseMessage(HttpStatusCode.OK) { Content = new ByteArrayContent(_answer) };
        }
    }
}
