using Microsoft.AspNetCore.Http;
using Nop.Plugin.Payments.MultiSafepay.Checkout.Methods;
using NUnit.Framework;

namespace Nop.Plugin.Payments.MultiSafepay.Tests.Checkout.Methods;

/// <summary>What is added up for the plugin leaves nothing in the request, whatever a tax provider calls what it keeps.</summary>
[TestFixture]
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
internal sealed class RequestTotalsTests
{
    private readonly HttpContextAccessor _accessor = new() { HttpContext = new DefaultHttpContext() };

    private IDictionary<object, object?> Items => _accessor.HttpContext!.Items;

    [Test]
    public async Task Request_items_set_during_an_isolated_calculation_are_discarded([Values("nop.TaxTotal", "nop.TaxTotal-True", "of another provider")] string key, [Values] bool fails)
    {
        Items["theme"] = "before";
        var totals = new RequestTotals(_accessor);
        var added = totals.ApartAsync(() =>
        {
            Items[key] = 1;
            Items["theme"] = "meanwhile";
            Items.Remove("theme");
            return fails ? Task.FromException<int>(new InvalidOperationException()) : Task.FromResult(2);
        });

        if (fails)
            Assert.That(() => added, Throws.InvalidOperationException);
        else
            Assert.That(await added, Is.EqualTo(2));
        Assert.That(Items, Is.EqualTo(new Dictionary<object, object?> { ["theme"] = "before" }));
    }

    [Test]
    public async Task An_isolated_calculation_sees_other_request_items_but_no_cached_totals()
    {
        Items["nop.TaxTotal"] = 1;
        Items["theme"] = "before";
        Assert.That(await new RequestTotals(_accessor).ApartAsync(() => Task.FromResult(Items.Keys.ToList())), Is.EqualTo(new[] { "theme" }));
        Assert.That(Items["nop.TaxTotal"], Is.EqualTo(1), "it is still what others have added up");
    }

    [Test]
    public void Resetting_totals_removes_only_cached_tax_totals()
    {
        foreach (var key in new object[] { "nop.TaxTotal", "nop.TaxTotal-True", "nop.TaxTotal-False", "nop.Tax", typeof(string), "theme" })
            Items[key] = key;
        new RequestTotals(_accessor).Forget();
        Assert.That(Items.Keys, Is.EquivalentTo(new object[] { "nop.Tax", typeof(string), "theme" }));
    }

    [Test]
    public async Task An_isolated_calculation_works_outside_a_request()
    {
        var totals = new RequestTotals(new HttpContextAccessor());
        totals.Forget();
        Assert.That(await totals.ApartAsync(() => Task.FromResult(2)), Is.EqualTo(2));
    }
}
