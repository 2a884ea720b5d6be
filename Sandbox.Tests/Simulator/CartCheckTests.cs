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
    public async Task The_documented_example_adds_up_to_7495()
    {
        JsonObject[] Items() => [Item(13.761467889m, 2, "BTW9"), Item(8.2644628099m, 4, "BTW21"), Item(4.5412844037m, 1, "BTW9")];
        Assert.That(Add(new([.. Items()]), Tables()), Is.EqualTo(new CartTotal(65.12m, 9.83m)));
        (await Run.PostAsync("orders", Order(7495, Tables(), "IDEAL", Items()))).AssertSuccess();
        (await Run.PostAsync("orders", Order(7494, Tables(), "IDEAL", Items()))).AssertRefused(1027);
        (await Run.PostAsync("orders", Order(7496, Tables(), "IDEAL", Items()))).AssertRefused(1027);
    }

    [Test]
    public void Cart_sums_are_rounded_once_and_half_up()
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
    public void The_tax_rule_of_the_country_applies_or_else_the_first(string country, int tax) =>
        Assert.That(Add([Item(100, 1, "abroad")], Tables(), country: country).Tax, Is.EqualTo((decimal)tax));

    [TestCase(null)]
    [TestCase("no-such-table")]
    public void The_default_tax_table_applies_without_a_matching_one(string? table) => Assert.That(Add([Item(100, 1, table)], Tables(0.07m)).Tax, Is.EqualTo(7m));

    [TestCase(true, 1027)]
    [TestCase(false, null)]
    public async Task A_cart_mismatch_is_rejected_only_if_validation_is_requested(bool validate, int? code)
    {
        var order = Order(1, Tables(), "IDEAL", Item(10, 1, "none"));
        order["checkout_options"]!["validate_cart"] = validate;
        Assert.That((await Run.PostAsync("orders", order)).ErrorCode, Is.EqualTo(code));
    }

    [Test]
    public async Task The_cart_of_a_pay_later_order_is_always_validated()
    {
        var order = Order(1001, Tables(), "KLARNA", Item(10, 1, "none"));
        order["checkout_options"]!.AsObject().Remove("validate_cart");
        (await Run.PostAsync("orders", order)).AssertRefused(1027);
        order["amount"] = 1000;
        (await Run.PostAsync("orders", order)).AssertSuccess();
    }

    private static IEnumerable<TestCaseData> MalformedCarts()
    {
        static TestCaseData Case(int code, string name, Action<JsonObject, JsonObject> spoil) => new TestCaseData(code, spoil).SetName($"{{m}}({code}, {name})");
        yield return Case(1031, "price missing", (item, _) => item.Remove("unit_price"));
        yield return Case(1031, "price is text", (item, _) => item["unit_price"] = "ten");
        yield return Case(1031, "price with 11 decimals", (item, _) => item["unit_price"] = 1.00000000001m);
        yield return Case(1031, "price out of range", (item, _) => item["unit_price"] = 1e27m);
        yield return Case(1031, "quantity missing", (item, _) => item.Remove("quantity"));
        yield return Case(1031, "quantity zero", (item, _) => item["quantity"] = 0);
        yield return Case(1031, "quantity decimal", (item, _) => item["quantity"] = 1.5m);
        yield return Case(1026, "other currency", (item, _) => item["currency"] = "USD");
        yield return Case(1030, "unknown currency", (item, _) => item["currency"] = "XXX");
        yield return Case(1028, "rate as percentage", (_, tables) => tables["default"]!["rate"] = 21);
        yield return Case(1028, "rate negative", (_, tables) => tables["alternate"]![0]!["rules"]![0]!["rate"] = -0.01m);
        yield return Case(1028, "rate is text", (_, tables) => tables["alternate"]![0]!["rules"]![0]!["rate"] = "high");
    }

    [TestCaseSource(nameof(MalformedCarts))]
    public async Task A_malformed_cart_is_rejected(int code, Action<JsonObject, JsonObject> spoil)
    {
        var item = Item(10, 1, "none");
        var tables = Tables();
        spoil(item, tables);
        (await Run.PostAsync("orders", Order(1000, tables, "IDEAL", item))).AssertRefused(code);
    }

    [Test]
    public async Task Two_currencies_in_a_cart_are_rejected()
    {
        var (first, second) = (Item(5, 1, "none"), Item(5, 1, "none"));
        (first["currency"], second["currency"]) = ("EUR", "USD");
        (await Run.PostAsync("orders", Order(1000, Tables(), "IDEAL", first, second))).AssertRefused(1025);
    }

    [TestCase(0.21, null)]
    [TestCase(0.22, 1029)]
    public async Task Billink_accepts_only_some_tax_rates(double rate, int? code)
    {
        var amount = (long)(1000 * (1 + (decimal)rate));
        Assert.That((await Run.PostAsync("orders", Order(amount, Tables((decimal)rate), "BILLINK", Item(10, 1)))).ErrorCode, Is.EqualTo(code));
    }

    /// <summary>However a cart is ordered, it adds up to the same; and splitting a line in two changes nothing.</summary>
    [Test]
    public void The_cart_total_does_not_depend_on_row_order_or_splitting() => Gen.Select(Gen.Decimal[0, 500].Select(price => Math.Round(price, 10)), Gen.Int[1, 9]).List[1, 8].Sample(lines =>
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
    public async Task Error_1027_names_both_sums_in_invariant_numbers()
    {
        var answer = await Run.PostAsync("orders", Order(1, Tables(), "IDEAL", Item(8.2644628099m, 4, "BTW21")));
        Assert.That((string?)answer.Json["error_info"], Does.Contain(40.00m.ToString(CultureInfo.InvariantCulture)).And.Contain("33.06 + tax 6.94"));
    }
}
