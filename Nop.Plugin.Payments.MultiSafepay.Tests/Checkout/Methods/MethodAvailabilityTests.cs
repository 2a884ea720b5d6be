using CsCheck;
using Nop.Plugin.Payments.MultiSafepay.Api;
using Nop.Plugin.Payments.MultiSafepay.Checkout.Methods;
using NUnit.Framework;

namespace Nop.Plugin.Payments.MultiSafepay.Tests.Checkout.Methods;

/// <summary>The one function that decides which payment methods are offered: every reason by itself, and what holds whatever the cart, account and settings.</summary>
[TestFixture]
internal sealed class MethodAvailabilityTests
{
    private static readonly PaymentMethod _plain = new() { Id = "PLAIN", Name = "Plain" };

    // Fits every cart, that of a subscription too.
    private static readonly PaymentMethod _other = new()
    {
        Id = "VISA",
        Name = "Visa",
        Tokenization = new Tokenization { IsEnabled = true, Models = new TokenizationModels { Subscription = true } }
    };

    private static readonly CartFacts _cart = new() { Currency = "EUR", EuroCents = 5000, Total = 50, Country = "NL", Roles = [3] };

    private static readonly MethodRule _on = new() { Enabled = true, Order = 1, Name = "Plain" };

    private static readonly Gen<PaymentMethod> _methods =
        from id in OneOf("A", "B", "C", "D", "KLARNA")
        from currencies in OneOf("", "EUR", "EUR,USD", "GBP")
        from countries in OneOf("", "NL", "BE,NL", "DE")
        from min in OneOf<long?>(null, 0, 4999, 5000, 5001)
        from max in OneOf<long?>(null, 4999, 5000, 5001)
        from cart in Gen.Bool
        select new PaymentMethod
        {
            Id = id,
            Name = id,
            AllowedCurrencies = Split(currencies),
            AllowedCountries = Split(countries),
            AllowedAmount = new AllowedAmount { Min = min, Max = max },
            ShoppingCartRequired = cart
        };

    private static readonly Gen<MethodRule?> _rules =
        from there in Gen.Bool
        from enabled in Gen.Bool
        from order in Gen.Int[0, 3]
        from min in OneOf<decimal?>(null, 49.99m, 50m, 50.01m)
        from max in OneOf<decimal?>(null, 49.99m, 50m, 50.01m)
        from countries in OneOf("", "NL", "BE")
        from roles in OneOf<int[]>([], [3], [4, 5])
        select there ? new MethodRule { Enabled = enabled, Order = order, Min = min, Max = max, Countries = Split(countries), Roles = roles } : null;

    private static readonly Gen<CartFacts> _carts =
        from key in Gen.Frequency((9, Gen.Const(true)), (1, Gen.Const(false)))
        from currency in OneOf("EUR", "USD", "GBP", "KWD")
        from cents in OneOf<long?>(null, 5000)
        from country in OneOf("NL", "BE", null)
        from roles in OneOf<int[]?>(null, [3], [4], [])
        select new CartFacts { HasApiKey = key, Currency = currency, EuroCents = cents, Total = cents / 100m, Country = country, Roles = roles };

    private static readonly Gen<(CartFacts Cart, Catalogue Catalogue, MultiSafepaySettings Settings)> _cases =
        from cart in _carts
        from methods in _methods.List[0, 6]
        from rules in Gen.Select(_rules, _rules, _rules, _rules, (a, b, c, gone) => new[] { ("A", a), ("B", b), ("C", c), ("GONE", gone) })
        from hosted in Gen.Bool
        from isNewOn in Gen.Bool
        from enabled in Gen.Frequency((9, Gen.Const(true)), (1, Gen.Const(false)))
        select (cart, Catalogue(methods), new MultiSafepaySettings
        {
            Enabled = enabled,
            HostedPageOnly = hosted,
            NewMethodsEnabled = isNewOn,
            Methods = rules.Aggregate(MethodRules.Empty, (all, row) => row.Item2 is null ? all : all.With(row.Item1, row.Item2)).ToString()
        });

    private static IEnumerable<TestCaseData> Refusals()
    {
        yield return Case(MethodRefusal.Disabled, rule: _on with { Enabled = false });
        yield return Case(MethodRefusal.Currency, _plain with { AllowedCurrencies = ["USD"] });
        yield return Case(MethodRefusal.Country, _plain with { AllowedCountries = ["BE", "DE"] });
        yield return Case(MethodRefusal.NoSubscription, cart: _cart with { IsSubscription = true, IsRegistered = true });
        yield return Case(MethodRefusal.AmountTooLow, _plain with { AllowedAmount = new AllowedAmount { Min = 5001 } });
        yield return Case(MethodRefusal.AmountTooHigh, _plain with { AllowedAmount = new AllowedAmount { Max = 4999 } });
        yield return Case(MethodRefusal.BelowOwnMinimum, rule: _on with { Min = 50.01m });
        yield return Case(MethodRefusal.AboveOwnMaximum, rule: _on with { Max = 49.99m });
        yield return Case(MethodRefusal.OwnCountry, rule: _on with { Countries = ["BE"] });
        yield return Case(MethodRefusal.Role, rule: _on with { Roles = [4, 5] });
        yield return Case(MethodRefusal.Category, rule: _on with { Categories = [7, 8] }, cart: _cart with { Categories = [[7, 1], [9]] });
        yield return Case(MethodRefusal.ShippingMethod, rule: _on with { ShippingMethods = ["Post", "Pickup.PickupInStore"] }, cart: _cart with { ShippingMethod = ["Courier", "Shipping.Other"] });

        static TestCaseData Case(MethodRefusal reason, PaymentMethod? method = null, MethodRule? rule = null, CartFacts? cart = null) =>
            new TestCaseData(reason, method ?? _plain, rule ?? _on, cart ?? _cart).SetArgDisplayNames($"{reason} {method?.Id}");
    }

    [TestCaseSource(nameof(Refusals))]
    public void Each_reason_alone_excludes_a_payment_method(MethodRefusal reason, PaymentMethod method, MethodRule rule, CartFacts cart)
    {
        var offer = MethodAvailability.For(cart, Catalogue([method, _other]), Settings((method.Id, rule), (_other.Id, _on)));
        Assert.Multiple(() =>
        {
            Assert.That(offer.Refused.Single().Reasons, Is.EqualTo(new[] { reason }));
            Assert.That(offer.Methods.Select(offered => offered.Id), Is.EqualTo(new[] { _other.Id }));
            Assert.That(offer.Problem, Is.Null);
        });
    }

    [Test]
    public void Every_exclusion_reason_has_a_test_case() => Assert.That(
        Refusals().Select(test => (MethodRefusal)test.Arguments[0]!).Append(MethodRefusal.New).Append(MethodRefusal.Vanished).Distinct(), Is.EquivalentTo(Enum.GetValues<MethodRefusal>()));

    [Test]
    public void A_method_is_offered_at_exactly_its_limits()
    {
        var method = _plain with { AllowedAmount = new AllowedAmount { Min = 5000, Max = 5000 }, AllowedCurrencies = ["eur"], AllowedCountries = ["nl"] };
        var rule = _on with { Min = 50, Max = 50, Countries = ["nl"], Roles = [1, 3] };
        Assert.That(MethodAvailability.For(_cart, Catalogue([method]), Settings(("plain", rule))).Find("Plain"), Is.EqualTo(method));
    }

    [Test]
    public void A_method_is_offered_if_each_product_is_in_one_of_its_categories()
    {
        var rule = _on with { Categories = [7, 8] };
        foreach (var categories in (IReadOnlyList<IReadOnlyCollection<int>>?[])[null, [], [[7]], [[7, 1], [8, 2]]])
            Assert.That(MethodAvailability.For(_cart with { Categories = categories }, Catalogue([_plain]), Settings(("PLAIN", rule))).Refused, Is.Empty);
        foreach (var categories in (IReadOnlyList<IReadOnlyCollection<int>>[])[[[]], [[7], []], [[1, 2]]])
            Assert.That(MethodAvailability.For(_cart with { Categories = categories }, Catalogue([_plain]), Settings(("PLAIN", rule))).Refused, Has.Count.EqualTo(1));
    }

    [Test]
    public void A_shipping_method_is_matched_by_its_name_or_its_provider()
    {
        var rule = _on with { ShippingMethods = ["post", "pickup.pickupinstore"] };
        foreach (var chosen in (IReadOnlyList<string>?[])[null, [], ["Post", "Shipping.Any"], ["At the counter", "Pickup.PickupInStore"]])
            Assert.That(MethodAvailability.For(_cart with { ShippingMethod = chosen }, Catalogue([_plain]), Settings(("PLAIN", rule))).Refused, Is.Empty);
    }

    [TestCase(true)]
    [TestCase(false)]
    public void A_new_method_is_offered_only_if_new_methods_are_enabled(bool isOn)
    {
        var settings = new MultiSafepaySettings { NewMethodsEnabled = isOn };
        var offer = MethodAvailability.For(_cart, Catalogue([_plain]), settings);
        Assert.That((offer.Methods.Count, offer.Problem), Is.EqualTo(isOn ? (1, null) : (0, (OfferProblem?)OfferProblem.NoMethod)));
        if (!isOn)
            Assert.That(offer.Refused.Single().Reasons, Is.EqualTo(new[] { MethodRefusal.New }));
    }

    [Test]
    public void A_method_no_longer_in_the_account_keeps_its_last_known_name()
    {
        var offer = MethodAvailability.For(_cart, Catalogue([_plain]), Settings(("GONE", _on with { Name = "Gone Pay" })));
        Assert.That((offer.Refused.Single().Name, offer.Refused.Single().Reasons.Single()), Is.EqualTo(("Gone Pay", MethodRefusal.Vanished)));
    }

    [Test]
    public void A_card_brand_inside_a_group_does_not_count_as_removed()
    {
        var group = _plain with { Id = "CREDITCARD", Brands = [new PaymentMethodBrand { Id = "VISA", Name = "Visa" }] };
        Assert.That(MethodAvailability.For(_cart, Catalogue([group]), Settings(("VISA", _on))).Refused, Is.Empty);
    }

    [Test]
    public void Methods_are_sorted_by_the_configured_order_with_new_methods_last()
    {
        var methods = "A B C D E".Split(' ').Select(id => _plain with { Id = id }).ToList();
        var offer = MethodAvailability.For(_cart, Catalogue(methods), Settings(("D", _on with { Order = 1 }), ("B", _on with { Order = 2 }), ("A", _on with { Order = 2 })));
        Assert.That(offer.Methods.Select(method => method.Id), Is.EqualTo("D A B C E".Split(' ')));
    }

    [TestCase(false, true, "EUR", OfferProblem.StoreDisabled)]
    [TestCase(true, false, "EUR", OfferProblem.NoApiKey)]
    [TestCase(true, true, "KWD", OfferProblem.Currency)]
    [TestCase(true, true, "EUR", null)]
    public void A_store_that_cannot_take_payments_reports_the_problem(bool enabled, bool hasKey, string currency, OfferProblem? problem)
    {
        var cart = _cart with { HasApiKey = hasKey, Currency = currency };
        var settings = new MultiSafepaySettings { Enabled = enabled };
        Assert.That(MethodAvailability.For(cart, Catalogue([_plain]), settings).Problem, Is.EqualTo(problem));
        Assert.That(MethodAvailability.For(cart, null, settings).Problem, Is.EqualTo(problem), "the same while the methods are not known");
    }

    [Test]
    public void No_method_is_excluded_while_the_method_list_is_unknown()
    {
        var offer = MethodAvailability.For(_cart, null, Settings(("PLAIN", _on with { Enabled = false })));
        Assert.That((offer.Problem, offer.Methods.Count, offer.Refused.Count, offer.IsKnown), Is.EqualTo(((OfferProblem?)null, 0, 0, false)));
    }

    [Test]
    public void Hosted_page_mode_applies_only_the_limits_of_MultiSafepay()
    {
        var settings = Settings(("PLAIN", _on with { Enabled = false }));
        settings.HostedPageOnly = true;
        var fits = MethodAvailability.For(_cart, Catalogue([_plain]), settings);
        var fitsNot = MethodAvailability.For(_cart, Catalogue([_plain with { AllowedCurrencies = ["USD"] }]), settings);
        Assert.That((fits.Problem, fits.Methods.Count, fitsNot.Problem), Is.EqualTo(((OfferProblem?)null, 0, (OfferProblem?)OfferProblem.NoMethod)));
    }

    [Test]
    public void Every_method_is_either_offered_or_excluded_with_a_reason() => _cases.Sample(test =>
    {
        var offer = MethodAvailability.For(test.Cart, test.Catalogue, test.Settings);
        var ids = test.Catalogue.Methods.Select(method => method.Id).Distinct().ToList();
        var offered = offer.Methods.Select(method => method.Id).ToList();
        var refused = offer.Refused.Select(method => method.Gateway).ToList();

        var complete = test.Settings.HostedPageOnly || offer.Problem is not null || offered.Concat(refused.Intersect(ids)).Order().SequenceEqual(ids.Order());
        var disjoint = !offered.Intersect(refused).Any() && refused.Distinct().Count() == refused.Count;
        var reasoned = offer.Refused.All(method => method.Reasons.Count > 0 && method.Reasons.Distinct().Count() == method.Reasons.Count);
        var vanished = offer.Refused.Where(method => method.Reasons.Contains(MethodRefusal.Vanished)).All(method => method.Gateway == "GONE" || !ids.Contains(method.Gateway));
        var nothingWithAProblem = offer.Problem is null || offered.Count == 0;
        var nothingIsOfferedByThePage = !test.Settings.HostedPageOnly || offered.Count == 0;
        return complete && disjoint && reasoned && vanished && nothingWithAProblem && nothingIsOfferedByThePage;
    }, iter: 4_000);

    [Test]
    public void Unknown_cart_details_never_exclude_more_methods() => _cases.Sample(test =>
    {
        var known = MethodAvailability.For(test.Cart, test.Catalogue, test.Settings).Methods.Select(method => method.Id);
        var vague = test.Cart with { EuroCents = null, Total = null, Country = null, Roles = null };
        return !known.Except(MethodAvailability.For(vague, test.Catalogue, test.Settings).Methods.Select(method => method.Id)).Any();
    }, iter: 2_000);

    private static Catalogue Catalogue(IReadOnlyList<PaymentMethod> methods) => new(new DateTime(2030, 1, 2, 3, 4, 5, DateTimeKind.Utc), methods);

    private static MultiSafepaySettings Settings(params (string Gateway, MethodRule Rule)[] rules) =>
        new() { Subscriptions = true, Methods = rules.Aggregate(MethodRules.Empty, (all, row) => all.With(row.Gateway, row.Rule)).ToString() };

    private static Gen<T> OneOf<T>(params T[] values) => Gen.Int[0, values.Length - 1].Select(place => values[place]);

    private static string[] Split(string codes) => codes.Split(',', StringSplitOptions.RemoveEmptyEntries);
}
