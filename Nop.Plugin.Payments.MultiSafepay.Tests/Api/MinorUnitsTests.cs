using CsCheck;
using Nop.Plugin.Payments.MultiSafepay.Api;
using NUnit.Framework;

namespace Nop.Plugin.Payments.MultiSafepay.Tests.Api;

/// <summary>Money in a currency's smallest unit and back.</summary>
[TestFixture]
internal sealed class MinorUnitsTests
{
    private static readonly string[] _currencies = ["EUR", "USD", "GBP", "JPY", "KWD", "TND", "CLF", "UYW", "ISK", "HUF", "CZK", "XXX"];

    [TestCase(0, "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF jpy Jpy")]
    [TestCase(2, "EUR USD GBP CHF SEK NOK DKK PLN HUF CZK TRY AUD CNY ILS BRL eur XXX €")]
    [TestCase(3, "BHD IQD JOD KWD LYD OMR TND")]
    [TestCase(4, "CLF UYW")]
    public void Currency_exponents_follow_ISO_4217(int exponent, string currencies) =>
        Assert.Multiple(() =>
        {
            foreach (var currency in currencies.Split(' '))
                Assert.That(MinorUnits.Exponent(currency), Is.EqualTo(exponent), currency);
        });

    [TestCase("10", "EUR", 1000)]
    [TestCase("10", "JPY", 10)]
    [TestCase("10", "KWD", 10_000)]
    [TestCase("10", "UYW", 100_000)]
    [TestCase("74.95", "EUR", 7495)]
    [TestCase("0.005", "EUR", 1)]
    [TestCase("0.0049999999999999999999999999", "EUR", 0)]
    [TestCase("-0.005", "EUR", -1)]
    [TestCase("0.015", "EUR", 2)]
    [TestCase("0.025", "EUR", 3)]
    [TestCase("0.5", "JPY", 1)]
    [TestCase("1.5", "JPY", 2)]
    [TestCase("2.5", "JPY", 3)]
    [TestCase("-2.5", "JPY", -3)]
    [TestCase("0", "EUR", 0)]
    public void Amounts_are_rounded_half_away_from_zero(string amount, string currency, long expected) =>
        Assert.That(MinorUnits.FromDecimal(decimal.Parse(amount, System.Globalization.CultureInfo.InvariantCulture), currency), Is.EqualTo(expected));

    [Test]
    public void An_amount_beyond_the_range_of_minor_units_overflows()
    {
        Assert.That(MinorUnits.FromDecimal(MinorUnits.ToDecimal(long.MaxValue, "EUR"), "EUR"), Is.EqualTo(long.MaxValue));
        Assert.That(() => MinorUnits.FromDecimal(MinorUnits.ToDecimal(long.MaxValue, "EUR") + 0.01m, "EUR"), Throws.TypeOf<OverflowException>());
        Assert.That(() => MinorUnits.FromDecimal(decimal.MaxValue, "EUR"), Throws.TypeOf<OverflowException>());
        Assert.That(() => MinorUnits.FromDecimal(decimal.MinValue, "JPY"), Throws.TypeOf<OverflowException>());
    }

    [TestCase("")]
    [TestCase(" ")]
    [TestCase(null)]
    public void A_missing_currency_is_rejected(string? currency) => Assert.That(() => MinorUnits.Exponent(currency!), Throws.InstanceOf<ArgumentException>());

    [Test]
    public void Every_amount_in_minor_units_round_trips() =>
        Gen.Select(Gen.Long, Gen.Int[0, _currencies.Length - 1].Select(index => _currencies[index]))
            .Sample((minor, currency) => MinorUnits.FromDecimal(MinorUnits.ToDecimal(minor, currency), currency) == minor);

    [Test]
    public void Every_amount_is_rounded_by_at_most_half_a_minor_unit() =>
        Gen.Select(Gen.Decimal[-1_000_000_000m, 1_000_000_000m], Gen.Int[0, _currencies.Length - 1].Select(index => _currencies[index]))
            .Sample((amount, currency) =>
                Math.Abs(MinorUnits.ToDecimal(MinorUnits.FromDecimal(amount, currency), currency) - amount) * 2 <= MinorUnits.ToDecimal(1, currency));

    [Test]
    public void Rounding_is_symmetric_and_monotonic() =>
        Gen.Select(Gen.Decimal[0m, 1_000_000m], Gen.Decimal[0m, 1_000_000m], Gen.Int[0, _currencies.Length - 1].Select(index => _currencies[index]))
            .Sample((a, b, currency) =>
                MinorUnits.FromDecimal(-a, currency) == -MinorUnits.FromDecimal(a, currency)
                && (a <= b) == (MinorUnits.FromDecimal(a, currency) <= MinorUnits.FromDecimal(b, currency) && a <= b));
}
