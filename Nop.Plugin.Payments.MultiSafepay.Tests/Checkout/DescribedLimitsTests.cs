using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Nop.Plugin.Payments.MultiSafepay.Checkout.Methods;
using NUnit.Framework;
using Sandbox.Simulator;
using Sandbox.Simulator.Api;
using Sandbox.Simulator.Checks;
using Sandbox.Simulator.Gateways;

namespace Nop.Plugin.Payments.MultiSafepay.Tests.Checkout;

/// <summary>
/// The simulator against MultiSafepay's description of its API: an order that the simulator accepts is spoilt at each limit of the description in turn, and must be refused.
/// </summary>
[TestFixture]
internal sealed class DescribedLimitsTests
{
    // What the description limits and the simulator does not look at: what its schemas disagree about, and data of direct orders, which the plugin does not send.
    private static readonly string[] _notHeld =
    [
        "type enum", // the values depend on the schema; the simulator takes those of all
        "customer.browser.javascript_enabled enum", "customer.browser.java_enabled enum", "customer.browser.cookies_enabled enum", // booleans in another schema
        "gateway_info.card_expiry_date format", "gateway_info.term_url format", "gateway_info.issuer_id enum",
        "payment_options.allowed_countries format",
        "payment_options.settings.coupons.allow[] enum" // gift cards come and go
    ];

    private static readonly (string Schema, string? Gateway)[] _schemas =
    [
        ("orders/PaymentPage.yaml", null), ("orders/Banking.yaml", "IDEAL"), ("orders/CreditCard.yaml", "VISA"), ("orders/Wallet.yaml", "PAYPAL"), ("orders/BNPL.yaml", "KLARNA")
    ];

    private static readonly ConcurrentDictionary<string, Lazy<Task<byte[]>>> _orders = new();

    private static IEnumerable<TestCaseData> Limits() => _schemas.SelectMany(schema => OpenApiSchema.Limits(schema.Schema)
        .Where(limit => !_notHeld.Contains($"{limit.Path} {limit.Keyword}"))
        .Where(limit => limit is not { Keyword: "required", Path: "", Value: "gateway" }) // without it, the order is one for the payment page
        .Where(limit => limit is not { Keyword: "minLength" or "minimum", Value: "0" or "1" } || limit.Path.StartsWith("affiliate", StringComparison.Ordinal))
        .Select(limit => new TestCaseData(schema.Gateway, limit.Path, limit.Keyword, limit.Value).SetName($"{{m}}({schema.Schema}, {limit.Path} {limit.Keyword} {limit.Value})")));

    [Test]
    public void Most_limits_of_the_description_are_checked() => Assert.That(Limits().Count(), Is.GreaterThan(100));

    [TestCaseSource(nameof(Limits))]
    public async Task The_simulator_rejects_an_order_beyond_a_limit_of_the_description(string? gateway, string path, string keyword, string value)
    {
        var json = await _orders.GetOrAdd(gateway ?? string.Empty, _ => new(() => new OrderBuilder().Buy("Kettle", 49.95m, 21).JsonAsync(new MethodChoice { Gateway = gateway }))).Value;
        var order = JsonNode.Parse(json)!.AsObject();
        Accept(order);

        if (keyword == "required")
            Parent(order, path.Length == 0 ? value : $"{path}.{value}").Remove(value);
        else
            Parent(order, path)[path.Split('.')[^1].Replace("[]", "", StringComparison.Ordinal)] = Beyond(keyword, value);
        Assert.That(() => Accept(order), Throws.TypeOf<RefusalException>(), order.ToJsonString());
    }

    private static void Accept(JsonObject order) => OrderCheck.Check(
        JsonSerializer.SerializeToElement(order), new SimulatorOptions { AllowLoopbackUrls = false }, new GatewaySwitches(), new LocaleSwitches(), DateTimeOffset.UnixEpoch);

    private static JsonNode Beyond(string keyword, string value) => keyword switch
    {
        "maxLength" => "https://shop.example/" + new string('x', Number(value)),
        "minLength" => new string('x', Number(value) - 1),
        "maximum" => Number(value) + 1,
        "minimum" => Number(value) - 1,
        _ => "nonsense"
    };

    private static int Number(string value) => int.Parse(value, CultureInfo.InvariantCulture);

    private static JsonObject Parent(JsonObject order, string path)
    {
        foreach (var step in path.Split('.')[..^1])
        {
            var name = step.Replace("[]", "", StringComparison.Ordinal);
            var next = order[name] ??= step == name ? new JsonObject() : new JsonArray(new JsonObject());
            order = step == name ? next.AsObject() : next.AsArray()[0]!.AsObject();
        }

        return order;
    }
}
