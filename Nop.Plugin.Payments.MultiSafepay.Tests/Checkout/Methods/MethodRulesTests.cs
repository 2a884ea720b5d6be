using Nop.Plugin.Payments.MultiSafepay.Api;
using Nop.Plugin.Payments.MultiSafepay.Checkout.Methods;
using NUnit.Framework;
using Sandbox.Simulator.Gateways;

namespace Nop.Plugin.Payments.MultiSafepay.Tests.Checkout.Methods;

/// <summary>What is stored as text: the owner's rules and the catalogue.</summary>
[TestFixture]
internal sealed class MethodRulesTests
{
    private static readonly MethodRule _full = new()
    {
        Enabled = true,
        Order = 7,
        Name = "iDEAL",
        Titles = new Dictionary<string, string> { ["1"] = "Betaal met \"iDEAL\" – snel" },
        Descriptions = new Dictionary<string, string> { ["2"] = "Meteen betaald" },
        Min = 0.5m,
        Max = 1234.56m,
        Countries = ["NL", "BE"],
        Roles = [1, 3],
        Categories = [2, 5],
        ShippingMethods = ["Standard delivery", "Pickup.PickupInStore"],
        Fee = 0,
        FeeIsPercentage = true
    };

    [Test]
    public void Method_rules_round_trip_through_their_text()
    {
        var rules = MethodRules.Parse(MethodRules.Empty.With("IDEAL", _full).With("VISA", new MethodRule()).ToString());
        var read = rules["ideal"]!;
        Assert.Multiple(() =>
        {
            Assert.That(rules.Gateways, Is.EqualTo(new[] { "IDEAL", "VISA" }));
            Assert.That(read with
            {
                Titles = _full.Titles,
                Descriptions = _full.Descriptions,
                Countries = _full.Countries,
                Roles = _full.Roles,
                Categories = _full.Categories,
                ShippingMethods = _full.ShippingMethods
            }, Is.EqualTo(_full));
            Assert.That(read.Titles, Is.EquivalentTo(_full.Titles));
            Assert.That(read.Countries, Is.EqualTo(_full.Countries));
            Assert.That(read.Roles, Is.EqualTo(_full.Roles));
            Assert.That(read.TitleIn(1), Is.EqualTo("Betaal met \"iDEAL\" – snel"));
            Assert.That(read.TitleIn(2), Is.Null);
            Assert.That((read.DescriptionIn(1), read.DescriptionIn(2)), Is.EqualTo(((string?)null, "Meteen betaald")));
            Assert.That(read.Categories, Is.EqualTo(_full.Categories));
            Assert.That(read.ShippingMethods, Is.EqualTo(_full.ShippingMethods));
            Assert.That(rules["VISA"]!.Fee, Is.Null, "no fee of its own is not a fee of nothing");
            Assert.That(read.Fee, Is.Zero);
        });
    }

    [TestCase(null)]
    [TestCase("")]
    [TestCase("nonsense")]
    [TestCase("[1, 2]")]
    [TestCase("""{"IDEAL": null, " ": {"on": true}}""")]
    [TestCase("""{"IDEAL": {"on": "maybe"}}""")]
    public void An_invalid_rules_text_contains_no_rules(string? text) => Assert.That(MethodRules.Parse(text).Gateways, Is.Empty);

    [Test]
    public void A_rule_with_null_fields_is_read() => Assert.That(
        MethodRules.Parse("""{"IDEAL": {"on": true, "t": null, "c": null, "r": null}}""")["IDEAL"] is { Titles.Count: 0, Countries.Count: 0, Roles.Count: 0 });

    [Test]
    public void Empty_rules_are_stored_as_empty_text() => Assert.That(MethodRules.Empty.With("IDEAL", _full).Without("ideal").ToString(), Is.Empty);

    [Test]
    public void All_methods_of_a_large_account_fit_into_one_nopCommerce_setting()
    {
        var rules = GatewayCatalogue.All.Aggregate(MethodRules.Empty, (all, gateway) => all.With(gateway.Id, new MethodRule
        {
            Enabled = true,
            Order = 10 * all.Gateways.Count,
            Name = gateway.Name,
            Min = 1,
            Max = 10_000,
            Countries = ["NL", "BE"]
        }));
        Assert.That(rules.ToString(), Has.Length.LessThan(MethodRules.MaxTextLength));
    }

    [Test]
    public void A_catalogue_round_trips_through_the_cache()
    {
        var method = new PaymentMethod
        {
            Id = "CREDITCARD",
            Name = "Cards",
            Type = "payment-method",
            IconUrls = new IconUrls { Vector = "https://media.example/cards.svg" },
            Brands = [new PaymentMethodBrand { Id = "VISA", Name = "Visa", IconUrls = new IconUrls { Vector = "https://media.example/visa.svg" } }],
            AllowedAmount = new AllowedAmount { Min = 1, Max = 1_000_000 },
            AllowedCurrencies = ["EUR"],
            AllowedCountries = ["NL"],
            RequiredCustomerData = ["phone"],
            ShoppingCartRequired = true
        };
        var catalogue = new Catalogue(new DateTime(2030, 1, 2, 3, 4, 5, DateTimeKind.Utc), [method]);
        var read = Catalogue.FromText(catalogue.ToText())!;
        Assert.That(read.ToText(), Is.EqualTo(catalogue.ToText()));
        Assert.That(read.FetchedUtc, Is.EqualTo(catalogue.FetchedUtc));
        Assert.That(read.Find("creditcard")!.Brands.Single().IconUrls!.Vector, Is.EqualTo("https://media.example/visa.svg"));
    }

    [TestCase(null)]
    [TestCase("")]
    [TestCase("{}")]
    [TestCase("[]")]
    [TestCase("no JSON")]
    public void An_invalid_cached_catalogue_is_ignored(string? text) => Assert.That(Catalogue.FromText(text), Is.Null);
}
