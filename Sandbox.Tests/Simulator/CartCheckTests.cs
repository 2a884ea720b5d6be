using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using CsCheck;
using NUnit.Framework;
using Sandbox.Simulator.Checks;
using Sandbox.Testing;

namespace Sandbox.Tests.Simulator;

/// <summary>MultiSafepay's arithmetic of carts: two sums, each rounded once.</summary>
[TestFixture]
internal sealed class CartCheckTests : SimulatorFixture
{
    private static JsonObject Item(decimal price, int quantity, string? table = null) =>
        new() { ["name"] = "Item", ["unit_price"] = price, ["quantity"] = quantity, ["merchant_item_id"] = "1", ["tax_table_selector"] = table };

    private static JsonObject Tables(decimal standard = 0.21m) => new()
    {
        ["default"] = new JsonObject { ["shipping_taxed"] = true, ["rate"] = standard },
        ["alternate"] = new JsonArray(
            new JsonObject { ["name"] = "BTW21", ["rules"] = new JsonArray(new JsonObject { ["rate"] = 0.21m }) },
            new JsonObject { ["name"] = "BTW9", ["rules"] = new JsonArray(new JsonObject { ["rate"] = 0.09m }) },
            new JsonObject
            {
                ["name"] = "abroad",
                ["rules"] = new JsonArray(new JsonObject { ["rate"] = 0.19m, ["country"] = "DE" }, new JsonObject { ["rate"] = 0.2m, ["country"] = "FR" }),
            },
            new JsonObject { ["name"] = "none", ["rules"] = new JsonArray(new JsonObject { ["rate"] = 0 }) }),
    };

    private JsonObject Order(long amount, JsonObject tables, string gateway, params JsonObject[] items)
    {
        var order = Run.Order(amount: amount, gateway: gateway);
        order["shopping_cart"] = new JsonObject { ["items"] = new JsonArray([.. items]) };
        order["checkout_options"] = new JsonObject { ["validate_cart"] = true, ["tax_tables"] = tables };
        return order;
    }

    private static CartTotal Add(JsonArray items, JsonObject tables, string currency = "EUR", string? country = "NL") => CartCheck.Add(
        [.. JsonSerializer.SerializeToElement(items).EnumerateArray()], JsonSerializer.SerializeToElement(tables), currency, country, gateway: null);

    [Test]
    public async Task WorkedExample_Is7495()
    {
        JsonObject[] Items() => [Item(13.761467889m, 2, "BTW9"), Item(8.2644628099m, 4, "BTW21"), Item(4.5412844037m, 1, "BTW9")];
        Assert.That(Add(new([.. Items()]), Tables()), Is.EqualTo(new CartTotal(65.12m, 9.83m)));
        (await Run.PostAsync("orders", Order(7495, Tables(), "IDEAL", Items()))).AssertSuccess();
        (await Run.PostAsync("orders", Order(7494, Tables(), "IDEAL", Items()))).AssertRefused(1027);
        (await Run.PostAsync("orders", Order(7496, Tables(), "IDEAL", Items()))).AssertRefused(1027);
    }

    [Test]
    public void Sums_AreRoundedOnceAndHalfUp()
    {
        // By item 0.005 would become 0.01 each; the sum of both is 0.01.
        Assert.That(Add([Item(0.005m, 1, "none"), Item(0.005m, 1, "none")], Tables()), Is.EqualTo(new CartTotal(0.01m, 0)));
        Assert.That(Add([Item(0.005m, 1, "none")], Tables()), Is.EqualTo(new CartTotal(0.01m, 0)));
        Assert.That(Add([Item(0.025m, 1, "none")], Tables()), Is.EqualTo(new CartTotal(0.03m, 0)), "half up, not to even");
        Assert.That(Add([Item(0.0049999999m, 1, "none")], Tables()), Is.EqualTo(new CartTotal(0, 0)));
        Assert.That(Add([Item(10, 1), Item(-2.505m, 1)], Tables(0)), Is.EqualTo(new CartTotal(7.5m, 0)), "7.495 rounds up");
        Assert.That(Add([Item(100.5m, 1)], Tables(0.1m), "JPY"), Is.EqualTo(new CartTotal(101, 10)), "yen have no decimals");
    }

    [TestCase("DE", 19)]
    [TestCase("FR", 20)]
    [TestCase("NL", 19)]
    public void RuleOfTheCountry_OtherwiseTheFirst(string country, int tax) =>
        Assert.That(Add([Item(100, 1, "abroad")], Tables(), country: country).Tax, Is.EqualTo((decimal)tax));

    [TestCase(null)]
    [TestCase("no-such-table")]
    public void WithoutATable_TheDefaultHolds(string? table) => Assert.That(Add([Item(100, 1, table)], Tables(0.07m)).Tax, Is.EqualTo(7m));

    [TestCase(true, 1027)]
    [TestCase(false, null)]
    public async Task Mismatch_IsRefusedOnlyWhenAskedFor(bool validate, int? code)
    {
        var order = Order(1, Tables(), "IDEAL", Item(10, 1, "none"));
        order["checkout_options"]!["validate_cart"] = validate;
        Assert.That((await Run.PostAsync("orders", order)).ErrorCode, Is.EqualTo(code));
    }

    [Test]
    public async Task PayLater_IsAlwaysValidated()
    {
        var order = Order(1001, Tables(), "KLARNA", Item(10, 1, "none"));
        order["checkout_options"]!.AsObject().Remove("validate_cart");
        (await Run.PostAsync("orders", order)).AssertRefused(1027);
        order["amount"] = 1000;
        (await Run.PostAsync("orders", order)).AssertSuccess();
    }

    private static IEnumerable<TestCaseData> MalformedCarts()
    {
        static TestCaseData Case(int code, string name, Action<JsonObject, JsonObject> spoil) => new TestCaseData(code, spoil).SetName($"Cart_{code}_{name}");
        yield return Case(1031, "PriceMissing", (item, _) => item.Remove("unit_price"));
        yield return Case(1031, "PriceIsText", (item, _) => item["unit_price"] = "ten");
        yield return Case(1031, "PriceOf11Decimals", (item, _) => item["unit_price"] = 1.00000000001m);
        yield return Case(1031, "PriceBeyondSense", (item, _) => item["unit_price"] = 1e27m);
        yield return Case(1031, "QuantityMissing", (item, _) => item.Remove("quantity"));
        yield return Case(1031, "QuantityZero", (item, _) => item["quantity"] = 0);
        yield return Case(1031, "QuantityDecimal", (item, _) => item["quantity"] = 1.5m);
        yield return Case(1026, "OtherCurrency", (item, _) => item["currency"] = "USD");
        yield return Case(1030, "UnknownCurrency", (item, _) => item["currency"] = "XXX");
        yield return Case(1028, "RateAsPercentage", (_, tables) => tables["default"]!["rate"] = 21);
        yield return Case(1028, "RateNegative", (_, tables) => tables["alternate"]![0]!["rules"]![0]!["rate"] = -0.01m);
        yield return Case(1028, "RateIsText", (_, tables) => tables["alternate"]![0]!["rules"]![0]!["rate"] = "high");
    }

    [TestCaseSource(nameof(MalformedCarts))]
    public async Task MalformedCart_IsRefused(int code, Action<JsonObject, JsonObject> spoil)
    {
        var item = Item(10, 1, "none");
        var tables = Tables();
        spoil(item, tables);
        (await Run.PostAsync("orders", Order(1000, tables, "IDEAL", item))).AssertRefused(code);
    }

    [Test]
    public async Task TwoCurrenciesInACart_AreRefused()
    {
        var (first, second) = (Item(5, 1, "none"), Item(5, 1, "none"));
        (first["currency"], second["currency"]) = ("EUR", "USD");
        (await Run.PostAsync("orders", Order(1000, Tables(), "IDEAL", first, second))).AssertRefused(1025);
    }

    [TestCase(0.21, null)]
    [TestCase(0.22, 1029)]
    public async Task Billink_TakesOnlySomeRates(double rate, int? code)
    {
        var amount = (long)(1000 * (1 + (decimal)rate));
        Assert.That((await Run.PostAsync("orders", Order(amount, Tables((decimal)rate), "BILLINK", Item(10, 1)))).ErrorCode, Is.EqualTo(code));
    }

    /// <summary>However a cart is ordered, it adds up to the same; and splitting a line in two changes nothing.</summary>
    [Test]
    public void Total_DoesNotDependOnOrderOrSplitting() => Gen.Select(Gen.Decimal[0, 500].Select(price => Math.Round(price, 10)), Gen.Int[1, 9]).List[1, 8].Sample(lines =>
    {
        var tables = Tables();
        string[] names = ["BTW9", "BTW21", "none"];
        JsonObject Line(int i, int quantity) => Item(lines[i].Item1, quantity, names[i % 3]);
        var straight = Add(new([.. lines.Select((line, i) => Line(i, line.Item2))]), tables);
        var reversed = Add(new([.. lines.Select((line, i) => Line(i, line.Item2)).Reverse()]), tables);
        var split = Add(new([.. lines.SelectMany((line, i) => Enumerable.Range(0, line.Item2).Select(_ => Line(i, 1)))]), tables);
        return straight == reversed && straight == split;
    });

    [Test]
    public async Task MessageOf1027_TellsBothSumsInInvariantNumbers()
    {
        var answer = await Run.PostAsync("orders", Order(1, Tables(), "IDEAL", Item(8.2644628099m, 4, "BTW21")));
        Assert.That((string?)answer.Json["error_info"], Does.Contain(40.00m.ToString(CultureInfo.InvariantCulture)).And.Contain("33.06 + tax 6.94"));
    }
}
