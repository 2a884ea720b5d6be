using System.Diagnostics;
using CsCheck;
using Nop.Plugin.Payments.MultiSafepay.Checkout.Request;
using NUnit.Framework;

namespace Nop.Plugin.Payments.MultiSafepay.Tests.Checkout;

/// <summary>Street and house number, as customers write them in the countries that pay-later methods serve, and in their neighbours.</summary>
[TestFixture]
internal sealed class StreetAddressTests
{
    private static IEnumerable<TestCaseData> Addresses() =>
        File.ReadLines(Path.Combine(AppContext.BaseDirectory, "Checkout", "TestData", "addresses.tsv"))
            .Where(line => !line.StartsWith('#'))
            .Select(line => line.Split('\t'))
            .Select(fields => new TestCaseData(fields[0], fields[1], Value(fields[2]), Value(fields[3]), Value(fields[4])).SetArgDisplayNames(fields[0], fields[1]));

    [TestCaseSource(nameof(Addresses))]
    public void A_street_line_is_split_into_street_house_number_and_addition(string country, string line, string? street, string? houseNumber, string? addition) =>
        Assert.That(StreetAddress.Split(line, country), Is.EqualTo(new StreetAddress(street, houseNumber, addition)));

    // docs.multisafepay.com, payment methods: Klarna, Riverty, Billink, in3.
    [Test]
    public void The_address_table_covers_every_country_of_the_pay_later_methods()
    {
        var lines = Addresses().ToLookup(row => (string)row.Arguments[0]!);
        foreach (var country in new[] { "AT", "BE", "CH", "DE", "DK", "ES", "FI", "FR", "GB", "IT", "NL", "NO", "PT", "SE" })
            Assert.That(lines[country].Count(), Is.GreaterThanOrEqualTo(10), country);
        Assert.That(lines, Has.Count.GreaterThanOrEqualTo(35));
        Assert.That(Addresses().Count(), Is.GreaterThanOrEqualTo(500));
    }

    [TestCase(null)]
    [TestCase("")]
    [TestCase("  \t ")]
    public void A_blank_line_yields_no_address(string? line) => Assert.That(StreetAddress.Split(line, "NL"), Is.EqualTo(default(StreetAddress)));

    [TestCase("12345", "12345")]
    [TestCase("Apt 4B", "Apt 4B")]
    [TestCase(",,,", null)]
    public void A_line_without_a_recognizable_street_stays_whole(string line, string? street) => Assert.That(StreetAddress.Split(line, "NL"), Is.EqualTo(new StreetAddress(street, null, null)));

    [Test]
    public void A_house_number_that_is_too_long_is_split_at_its_suffix() =>
        Assert.Multiple(() =>
        {
            Assert.That(StreetAddress.Split("Kerkstraat 12 bus 301", "BE"), Is.EqualTo(new StreetAddress("Kerkstraat", "12 bus 301", null)));
            Assert.That(StreetAddress.Split("Kerkstraat 12 bus 301", "BE", 9), Is.EqualTo(new StreetAddress("Kerkstraat", "12", "bus 301")));
        });

    [Test]
    public void Splitting_an_address_loses_no_letter_or_digit() =>
        Gen.Select(Gen.OneOf<string?>("NL", "BE", "DE", "FR", "ES", "IT", "GB", "US", "DK", "SE", "PL", "HU", "PT", null),
            Gen.OneOf("Kerk", "12", " ", "-", "bis", "a", ", ", "1944", "/", "rue de la", "º", "Apt", "#", "s/n", ".", "lgh", "m.", "2. tv", "II/3", "č. bytu", "Шипка").Array[1, 12])
            .Sample((country, parts) =>
            {
                var line = string.Concat(parts);
                var split = StreetAddress.Split(line, country);
                var kept = string.Concat(split.Street, split.HouseNumber, split.Addition);
                return split.HouseNumber is not { Length: > StreetAddress.MaxHouseNumberLength } && kept.Count(char.IsLetter) == line.Count(char.IsLetter)
                    && kept.Count(char.IsDigit) == line.Count(char.IsDigit);
            }, iter: 20_000);

    // Alternatives inside repetitions are how patterns explode; these are the inputs that would do it.
    [TestCase("i ")]
    [TestCase("1 ")]
    [TestCase("1-")]
    [TestCase("a1 ")]
    [TestCase("bis ")]
    [TestCase("bus 1 ")]
    [TestCase("apt 1 ")]
    [TestCase("12,")]
    [TestCase("2. tv ")]
    [TestCase("lgh 5 ")]
    [TestCase("m 5")]
    [TestCase("II/")]
    [TestCase("12. ")]
    [TestCase("12/Top ")]
    public void No_address_takes_more_than_two_seconds_to_split(string repeated)
    {
        var line = string.Concat(Enumerable.Repeat(repeated, 2_000)) + "!";
        StreetAddress.Split("Kerkstraat 1", "NL");
        var watch = Stopwatch.StartNew();
        foreach (var country in new[] { "NL", "US", "HU" })
            StreetAddress.Split($"Kerkstraat 1 {line}", country);

        Assert.That(watch.Elapsed, Is.LessThan(TimeSpan.FromSeconds(2)));
    }

    private static string? Value(string field) => field == "-" ? null : field;
}
