using Nop.Core.Domain.Directory;
using Nop.Plugin.Payments.MultiSafepay.Checkout.Starting;
using Nop.Plugin.Payments.MultiSafepay.Payments.Stores;
using NUnit.Framework;

namespace Nop.Plugin.Payments.MultiSafepay.Tests.Checkout.Starting;

/// <summary>In which currency, and how much.</summary>
[TestFixture]
internal sealed class ChargeCalculatorTests
{
    [TestCase("EUR", "1", ChargeCurrency.Customer, "EUR", 4995, "1")]
    [TestCase("eur", "1", ChargeCurrency.Customer, "EUR", 4995, "1")]
    [TestCase("USD", "1.0847", ChargeCurrency.Customer, "USD", 5418, "1.0847")]
    [TestCase("USD", "1.0847", ChargeCurrency.Primary, "EUR", 4995, "1")]
    [TestCase("JPY", "163.27", ChargeCurrency.Customer, "JPY", 8155, "163.27")]
    [TestCase("KWD", "0.33", ChargeCurrency.Customer, "EUR", 4995, "1")]
    [TestCase("XYZ", "2", ChargeCurrency.Customer, "EUR", 4995, "1")]
    [TestCase("", "2", ChargeCurrency.Customer, "EUR", 4995, "1")]
    [TestCase("USD", "0", ChargeCurrency.Customer, "EUR", 4995, "1")]
    public async Task Charge_IsWhatTheCustomerSaw_WhereMultiSafepayCan(string currency, string rate, ChargeCurrency setting, string charged, long amount, string chargedRate)
    {
        var builder = new OrderBuilder().Buy("Kettle", 49.95m, 21).In(currency, Number(rate));
        builder.Settings.ChargeCurrency = setting;

        Assert.That(await builder.ChargeAsync(), Is.EqualTo(new Charge(charged, amount, Number(chargedRate), "EUR")));
    }

    [Test]
    public async Task Charge_FollowsTheShopsOwnRounding()
    {
        var builder = new OrderBuilder().Buy("Kettle", 49.95m, 21).In("SEK", 11.42m);
        builder.Rounding = RoundingType.Rounding1;

        Assert.That(await builder.ChargeAsync(), Is.EqualTo(new Charge("SEK", 57_000, 11.42m, "EUR")));
    }

    [Test]
    public async Task DeletedCurrency_IsStillChargedAsItWasShown()
    {
        var builder = new OrderBuilder().Buy("Kettle", 49.95m, 21).In("USD", 1.0847m);
        builder.CurrencyIsGone = true;

        Assert.That(await builder.ChargeAsync(), Is.EqualTo(new Charge("USD", 5418, 1.0847m, "EUR")));
    }

    [Test]
    public async Task PrimaryCurrency_MayHaveThreeDecimals()
    {
        var builder = new OrderBuilder().Buy("Kettle", 49.95m, 21).In("KWD", 1);
        builder.Primary = "KWD";

        Assert.That(await builder.ChargeAsync(), Is.EqualTo(new Charge("KWD", 49_950, 1, "KWD")));
    }

    // An order's amounts are in the primary store currency of its placement. The owner has made the customer's currency the primary one since.
    [Test]
    public async Task PrimaryCurrencyThatWasChanged_IsNotTheOneOfAnOrderThatWasPlacedAtARate()
    {
        var builder = new OrderBuilder().Buy("Kettle", 49.95m, 21).In("USD", 1.0847m);
        builder.Primary = "USD";

        Assert.That(await builder.ChargeAsync(), Is.EqualTo(new Charge("USD", 5418, 1.0847m)));
    }

    private static decimal Number(string text) => decimal.Parse(text, System.Globalization.CultureInfo.InvariantCulture);
}
