using System.Collections.Concurrent;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Nop.Plugin.Payments.MultiSafepay.Api;
using NUnit.Framework;
using Sandbox.Simulator;

namespace Nop.Plugin.Payments.MultiSafepay.Tests.Checkout;

/// <summary>The described orders against MultiSafepay's description of its API, against the simulator's own rules, and under other cultures.</summary>
[TestFixture]
internal sealed class DescribedOrdersTests
{
    private static readonly ApiCredentials _credentials = new(MultiSafepayEnvironment.Test, SimulatorOptions.DefaultApiKey);

    // The payment page speaks these languages; the description's list of locales lacks them.
    private static readonly string[] _unlistedLocales = ["pt_PT", "tr_TR"];

    // The making of a request costs more than to look at it.
    private static readonly ConcurrentDictionary<DescribedOrder, Lazy<Task<OrderRequest>>> _requests = new(ReferenceEqualityComparer.Instance);

    [Test]
    public void At_least_sixty_distinct_orders_are_described()
    {
        Assert.That(DescribedOrders.All, Has.Count.GreaterThanOrEqualTo(60));
        Assert.That(DescribedOrders.All.Select(order => order.Name).Distinct().Count(), Is.EqualTo(DescribedOrders.All.Count));
        Assert.That(DescribedOrders.All.Select(order => order.Schema).Distinct().Count(), Is.EqualTo(6));
    }

    [TestCaseSource(typeof(DescribedOrders), nameof(DescribedOrders.All))]
    public async Task Each_request_matches_the_schema_of_the_API(DescribedOrder order)
    {
        var json = JsonSerializer.SerializeToUtf8Bytes(await RequestAsync(order), ApiJson.Options);

        var unlisted = _unlistedLocales.Select(locale => $"$.customer.locale is none of the allowed values: {locale}");
        Assert.That(OpenApiSchema.Check(json, order.Schema).Except(unlisted), Is.Empty, Encoding.UTF8.GetString(json));
    }

    [TestCaseSource(typeof(DescribedOrders), nameof(DescribedOrders.All))]
    public async Task Each_cart_adds_up_to_the_amount(DescribedOrder order)
    {
        var request = await RequestAsync(order);
        if (request.ShoppingCart is null)
        {
            Assert.That(order.Name, Does.StartWith("cart switched off"));
            Assert.That(order.Method.NeedsCart, Is.False);
            return;
        }

        Assert.That(request.CheckoutOptions!.ValidateCart, Is.True);
        Assert.That(
            RoundingRule.Total(request.ShoppingCart, request.CheckoutOptions, MinorUnits.Exponent(request.Currency)),
            Is.EqualTo(new System.Numerics.BigInteger(request.Amount)));
    }

    // A cent may stay; a row that carries more than rounding means that a part of the order was forgotten.
    [TestCaseSource(typeof(DescribedOrders), nameof(DescribedOrders.All))]
    public async Task Only_an_edited_order_needs_an_adjustment_row(DescribedOrder order)
    {
        var request = await RequestAsync(order);

        Assert.That(
            request.ShoppingCart?.Items.Any(item => item.Name == "Adjustment") ?? false,
            Is.EqualTo(order.Name.StartsWith("edited total", StringComparison.Ordinal)));
    }

    [Test]
    public async Task The_simulator_accepts_every_described_order()
    {
        await using var simulator = SimulatorHost.Build(new SimulatorOptions { Port = 0 });
        await simulator.StartAsync();
        using var http = new HttpClient();
        var client = new MultiSafepayClient(http, ApiEndpoints.From($"{simulator.Urls.First().TrimEnd('/')}/v1/json/"), TimeProvider.System);

        foreach (var locale in _unlistedLocales)
            (await http.PostAsync(new Uri($"{simulator.Urls.First().TrimEnd('/')}/simulator/locales/{locale}/on"), null)).EnsureSuccessStatusCode().Dispose();

        var refused = new List<string>();
        foreach (var order in DescribedOrders.All)
        {
            var request = await RequestAsync(order);
            try
            {
                var created = await client.CreateOrderAsync(_credentials, request, CancellationToken.None);
                Assert.That(created.OrderId, Is.EqualTo(request.OrderId));
            }
            catch (MultiSafepayApiException exception)
            {
                refused.Add($"{order.Name}: {exception.Code} {exception.Info}");
            }
        }

        Assert.That(refused, Is.Empty);

        // And it does look: one cent more is refused.
        var wrong = await new OrderBuilder().Buy("Kettle", 49.95m, 21).RequestAsync();
        Assert.That(
            () => client.CreateOrderAsync(_credentials, wrong with { OrderId = "wrong", Amount = wrong.Amount + 1 }, CancellationToken.None),
            Throws.TypeOf<MultiSafepayApiException>().With.Property(nameof(MultiSafepayApiException.Code)).EqualTo(MultiSafepayErrorCodes.CartAmount));
    }

    [Test]
    public async Task The_culture_does_not_change_the_request()
    {
        foreach (var order in DescribedOrders.All)
        {
            var (placed, bytes) = (order.Place(), new Dictionary<string, byte[]>());
            foreach (var culture in new[] { "", "nl-NL", "tr-TR", "ar-SA" })
            {
                using (new TemporaryCulture(culture))
                    bytes[culture] = await placed.JsonAsync(order.Method);
            }

            Assert.That(bytes.Values, Has.All.EqualTo(bytes[""]), order.Name);
        }
    }

    private static Task<OrderRequest> RequestAsync(DescribedOrder order) => _requests.GetOrAdd(order, _ => new(() => order.Place().RequestAsync(order.Method))).Value;

    /// <summary>Speaks a language for a while; the culture flows with the call, as it does in a request.</summary>
    private sealed class TemporaryCulture : IDisposable
    {
        private readonly CultureInfo _before = CultureInfo.CurrentCulture;

        public TemporaryCulture(string name) => CultureInfo.CurrentCulture = CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo(name);

        public void Dispose() => CultureInfo.CurrentCulture = CultureInfo.CurrentUICulture = _before;
    }
}
