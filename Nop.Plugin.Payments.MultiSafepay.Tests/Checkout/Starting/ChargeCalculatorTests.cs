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
    public async Task The_charge_is_in_the_currency_of_the_customer_where_supported(string currency, string rate, ChargeCurrency setting, string charged, long amount, string chargedRate)
    {
        var builder = new OrderBuilder().Buy("Kettle", 49.95m, 21).In(currency, Number(rate));
        builder.Settings.ChargeCurrency = setting;

        Assert.That(await builder.ChargeAsync(), Is.EqualTo(new Charge(charged, amount, Number(chargedRate), "EUR")));
    }

    [Test]
    public async Task The_charge_follows_the_rounding_of_the_shop()
    {
        var builder = new OrderBuilder().Buy("Kettle", 49.95m, 21).In("SEK", 11.42m);
        builder.Rounding = RoundingType.Rounding1;

        Assert.That(await builder.ChargeAsync(), Is.EqualTo(new Charge("SEK", 57_000, 11.42m, "EUR")));
    }

    // With RoundPricesDuringCalculation off, nopCommerce stores totals with more decimals than it displays.
    [TestCase("12.345", RoundingType.Rounding001, 1234)]
    [TestCase("12.355", RoundingType.Rounding001, 1236)]
    [TestCase("12.60", RoundingType.Rounding1, 1300)]
    public async Task A_total_in_the_primary_currency_is_charged_as_the_shop_displays_it(string total, RoundingType rounding, long charged)
    {
        var builder = new OrderBuilder().Buy("Kettle", 12.35m, 21).In("EUR", 1);
        builder.Rounding = rounding;
        builder.Order.OrderTotal = Number(total);

        Assert.That(await builder.ChargeAsync(), Is.EqualTo(new Charge("EUR", charged, 1, "EUR")));
    }

    [Test]
    public async Task An_order_in_a_deleted_currency_is_charged_as_it_was_displayed()
    {
        var builder = new OrderBuilder().Buy("Kettle", 49.95m, 21).In("USD", 1.0847m);
        builder.CurrencyIsGone = true;

        Assert.That(await builder.ChargeAsync(), Is.EqualTo(new Charge("USD", 5418, 1.0847m, "EUR")));
    }

    [Test]
    public async Task A_primary_currency_can_have_three_decimals()
    {
        var builder = new OrderBuilder().Buy("Kettle", 49.95m, 21).In("KWD", 1);
        builder.Primary = "KWD";

        Assert.That(await builder.ChargeAsync(), Is.EqualTo(new Charge("KWD", 49_950, 1, "KWD")));
    }

    // An order's amounts are in the primary store currency of its placement. The owner has made the customer's currency the primary one since.
    [Test]
    public async Task Changing_the_primary_currency_does_not_change_the_charge_of_an_earlier_order()
    {
        var builder = new OrderBuilder().Buy("Kettle", 49.95m, 21).In("USD", 1.0847m);
        builder.Primary = "USD";

        Assert.That(await builder.ChargeAsync(), Is.EqualTo(new Charge("USD", 5418, 1.0847m)));
    }

    private static decimal Number(string text) => decimal.Parse(text, System.Globalization.CultureInfo.InvariantCulture);
}
