using System.Text.Json;
using System.Text.Json.Nodes;
using NUnit.Framework;
using Sandbox.Simulator.Checks;
using Sandbox.Simulator.Gateways;
using Sandbox.Testing;

namespace Sandbox.Tests.Simulator;

/// <summary>The limits of the API's fields, rule by rule, and against MultiSafepay's own examples.</summary>
[TestFixture]
[Parallelizable(ParallelScope.All)]
internal sealed class FieldRuleTests
{
    // Where MultiSafepay's examples break its description, which counts: the field, and the examples' value.
    private static readonly string[] _looserInTheExamples =
    [
        "customer.birthday: not a date as yyyy-MM-dd", "gateway_info.birthday: not a date as yyyy-MM-dd", "customer.gender: male is none of M, F",
    ];

    // The examples that lack a field which their own schema requires.
    private static readonly Dictionary<string, string> _incompleteExamples = new()
    {
        ["einvoicing-redirect"] = "delivery.first_name",
        ["betaal-per-maand"] = "delivery.first_name",
        ["paypal-redirect"] = "delivery.country",
    };

    private static IEnumerable<FieldRule> Rules =>
        FieldRules.Order.Concat(FieldRules.Capture).Concat(FieldRules.Refund).Concat(FieldRules.Update).Concat(FieldRules.Withdrawal);

    private static IEnumerable<string> Examples => OfficialExamples.RequestNames("post-orders");

    [TestCaseSource(nameof(Rules))]
    public void A_rule_rejects_what_is_beyond_it_and_accepts_what_is_not(FieldRule rule)
    {
        Assert.That(rule.Source, Is.Not.Empty);
        var (right, wrong) = rule switch
        {
            { Values: [var first, ..] } => ((JsonNode)first, (JsonNode)(first + "?")),
            { Format: FieldFormat.Country } => ("NL", "NLD"),
            { Format: FieldFormat.Date } => ("1980-12-31", "1980-13-31"),
            { Format: FieldFormat.Email, Longest: var longest } => (new string('e', longest - 12) + "@example.com", new string('e', longest - 11) + "@example.com"),
            { Format: FieldFormat.Number } => (rule.Least, rule.Least - 1),
            _ => (new string('x', rule.Longest), (JsonNode)new string('x', rule.Longest + 1)),
        };
        Assert.Multiple(() =>
        {
            Assert.That(rule.ProblemIn(With(rule.Path, right)), Is.Null);
            Assert.That(rule.ProblemIn(With(rule.Path, wrong)), Does.StartWith($"Invalid {rule.Path}: ").And.Contains(rule.Source));
            Assert.That(rule.ProblemIn(With(rule.Path, "")), Is.Null, "empty is absent");
            Assert.That(rule.ProblemIn(JsonSerializer.SerializeToElement(new JsonObject())), Is.Null);
        });
    }

    [Test]
    public void Characters_are_counted_not_their_code_units()
    {
        var rule = FieldRules.Order.Single(rule => rule.Path == "customer.first_name");
        Assert.Multiple(() =>
        {
            Assert.That(rule.ProblemIn(With(rule.Path, "😀")), Is.Not.Null, "one character");
            Assert.That(rule.ProblemIn(With(rule.Path, string.Concat(Enumerable.Repeat("😀", 25)))), Is.Null);
        });
    }

    [TestCaseSource(nameof(Examples))]
    public void An_official_example_is_accepted_where_it_follows_the_description(string name)
    {
        using var example = JsonDocument.Parse(OfficialExamples.Request("post-orders", name));
        var problems = FieldRules.Order.Select(rule => rule.ProblemIn(example.RootElement)).OfType<string>();
        Assert.That(problems.Where(problem => !_looserInTheExamples.Any(problem.Contains)), Is.Empty);
    }

    [TestCaseSource(nameof(Examples))]
    public void An_official_example_has_the_required_fields(string name)
    {
        using var example = JsonDocument.Parse(OfficialExamples.Request("post-orders", name));
        var type = Fields.Text(example.RootElement, "type") ?? "redirect";
        if (Fields.Text(example.RootElement, "gateway")?.Split('/')[0] is not { } id || GatewayCatalogue.Find(id) is not { } gateway)
            return;

        if (_incompleteExamples.TryGetValue(name, out var missing))
            Assert.That(() => FieldRules.CheckRequired(example.RootElement, gateway, type), Throws.Exception.With.Message.Contains(missing));
        else
            Assert.That(() => FieldRules.CheckRequired(example.RootElement, gateway, type), Throws.Nothing);
    }

    private static JsonElement With(string path, JsonNode value)
    {
        var root = new JsonObject();
        var parent = root;
        var steps = path.Split('.');
        foreach (var step in steps[..^1])
        {
            var next = new JsonObject();
            if (step.EndsWith("[]", StringComparison.Ordinal))
                parent[step[..^2]] = new JsonArray(new JsonObject(), next);
            else
                parent[step] = next;
            parent = next;
        }

        parent[steps[^1]] = value.DeepClone();
        return JsonSerializer.SerializeToElement(root);
    }
}

/// <summary>The addresses and the customer data that an order of a payment method must have.</summary>
[TestFixture]
internal sealed class RequiredFieldTests : SimulatorFixture
{
    private static readonly string[] _delivery = ["first_name", "last_name", "address1", "house_number", "zip_code", "city", "country"];
    private static readonly string[] _billing = ["address1", "zip_code", "city", "country"];

    private JsonObject PayLater(string gateway, string type = "redirect")
    {
        var order = Run.Order(amount: 20_000, gateway: gateway);
        order["type"] = type;
        order["shopping_cart"] = new JsonObject { ["items"] = new JsonArray(new JsonObject { ["unit_price"] = 200, ["quantity"] = 1, ["tax_table_selector"] = "zero" }) };
        order["checkout_options"] = new JsonObject { ["tax_tables"] = new JsonObject { ["default"] = new JsonObject { ["rate"] = 0, ["shipping_taxed"] = false } } };
        return order;
    }

    [TestCase("AFTERPAY")]
    [TestCase("BILLINK")]
    [TestCase("IN3")]
    [TestCase("KLARNA")]
    [TestCase("BNPL_MF")]
    public async Task A_pay_later_order_without_a_part_of_its_addresses_is_rejected(string gateway)
    {
        foreach (var (block, field) in _delivery.Select(field => ("delivery", field)).Concat(_billing.Select(field => ("customer", field))))
        {
            var order = PayLater(gateway);
            order[block]!.AsObject().Remove(field);
            (await Run.PostAsync("orders", order)).AssertRefused(1000);
        }

        foreach (var block in new[] { "delivery", "customer" })
        {
            var order = PayLater(gateway);
            order.Remove(block);
            Assert.That((await Run.PostAsync("orders", order)).ErrorCode, Is.Not.Null, block);
        }

        var withoutNumber = PayLater(gateway);
        (withoutNumber["customer"]!["house_number"], withoutNumber["delivery"]!["house_number"]) = ("", "");
        (await Run.PostAsync("orders", withoutNumber)).AssertSuccess();
    }

    [Test]
    public async Task A_direct_order_of_in3_without_its_customer_data_is_rejected()
    {
        (await Run.PostAsync("orders", PayLater("IN3", "direct"))).AssertRefused(1000);
        var facts = new JsonObject { ["birthday"] = "1999-01-01", ["gender"] = "mr", ["phone"] = "0612345678" };
        foreach (var field in facts.Select(fact => fact.Key))
        {
            var order = PayLater("IN3", "direct");
            order["gateway_info"] = facts.DeepClone();
            order["gateway_info"]!.AsObject().Remove(field);
            (await Run.PostAsync("orders", order)).AssertRefused(1000);
        }

        var complete = PayLater("IN3", "direct");
        complete["gateway_info"] = facts;
        (await Run.PostAsync("orders", complete)).AssertSuccess();
        (await Run.PostAsync("orders", PayLater("KLARNA", "direct"))).AssertRefused(1000);
    }
}
