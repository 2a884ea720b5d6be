using CsCheck;
using Nop.Plugin.Payments.MultiSafepay.Checkout.Request;
using NUnit.Framework;

namespace Nop.Plugin.Payments.MultiSafepay.Tests.Checkout;

/// <summary>Telephone numbers, as customers of the served countries write them.</summary>
[TestFixture]
internal sealed class PhoneNumberTests
{
    private static IEnumerable<TestCaseData> Numbers() =>
        File.ReadLines(Path.Combine(AppContext.BaseDirectory, "Checkout", "TestData", "phone-numbers.tsv"))
            .Where(line => !line.StartsWith('#'))
            .Select(line => line.Split('\t'))
            .Select(fields => new TestCaseData(Value(fields[0]), fields[1], Value(fields[2])).SetArgDisplayNames(fields[0], fields[1]));

    [TestCaseSource(nameof(Numbers))]
    public void A_phone_number_is_sent_with_its_calling_code_or_as_it_was_entered(string? country, string text, string? sent) =>
        Assert.That(ContactDetails.InternationalPhone(text, country), Is.EqualTo(sent));

    [Test]
    public void The_table_of_phone_numbers_covers_every_country_of_the_pay_later_methods() =>
        Assert.That(
            Numbers().Select(row => row.Arguments[0]).Distinct(),
            Is.SupersetOf(new[] { "AT", "BE", "CH", "DE", "DK", "ES", "FI", "FR", "GB", "IT", "NL", "NO", "PT", "SE" }));

    [Test]
    public void A_phone_number_that_was_converted_is_not_changed_again() =>
        Gen.Select(
            Gen.OneOf<string?>("NL", "DE", "IT", "HU", "LT", "ES", "SE", "US", null),
            Gen.OneOf("+", "(0)", "0", "00", "06", "8", "31", "39", "36", "370", "1234", "56", "7", " ", "-").Array[1, 8])
            .Sample((country, parts) =>
            {
                var sent = ContactDetails.InternationalPhone(string.Concat(parts), country);
                return sent is null || (sent.Length <= ContactDetails.MaxPhoneLength && (!sent.StartsWith('+') || ContactDetails.InternationalPhone(sent, "DE") == sent));
            }, iter: 20_000);

    private static string? Value(string field) => field == "-" ? null : field;
}
