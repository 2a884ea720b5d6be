using System.Reflection;
using System.Text.RegularExpressions;
using NUnit.Framework;
using NUnit.Framework.Interfaces;

namespace Nop.Plugin.Payments.MultiSafepay.Tests;

/// <summary>Test names are English sentences with underscores, and fixtures end with "Tests": CONTRIBUTING.md, "Tests".</summary>
[TestFixture]
internal sealed partial class TestNameTests
{
    private const int MaxLength = 90;

    // Names that are written with a capital letter inside; the only ones that a test name may contain.
    private static readonly string[] _identifiers = ["MultiSafepay", "nopCommerce", "PayPal", "GitHub", "IPv4", "IPv6"];

    private static IEnumerable<MethodInfo> Tests => typeof(TestNameTests).Assembly.GetTypes()
        .SelectMany(type => type.GetMethods(BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly))
        .Where(method => method.GetCustomAttributes(inherit: false).Any(attribute => attribute is ITestBuilder or ISimpleTestBuilder));

    [Test]
    public void Every_test_name_is_a_sentence_with_underscores()
    {
        Assert.That(Tests.Count(), Is.GreaterThan(100), "the tests are found");
        Assert.That(Tests.Where(test => !IsSentence(test.Name)).Select(test => $"{test.DeclaringType!.Name}.{test.Name}"), Is.Empty);
    }

    [Test]
    public void Every_test_name_is_unique_within_its_class() => Assert.That(
        Tests.GroupBy(test => $"{test.DeclaringType!.FullName}.{test.Name}").Where(group => group.Count() > 1).Select(group => group.Key), Is.Empty);

    // What is started by hand, to record something, is no test.
    [Test]
    public void Every_test_class_is_named_after_its_subject_and_ends_with_Tests() => Assert.That(
        Tests.Select(test => test.DeclaringType!).Distinct()
            .Where(type => !type.Name.EndsWith("Tests", StringComparison.Ordinal) && !(type.Name.EndsWith("Recorder", StringComparison.Ordinal) && type.IsDefined(typeof(ExplicitAttribute))))
            .Select(type => type.FullName),
        Is.Empty);

    [TestCase("A_refund_is_booked_once", true)]
    [TestCase("The_API_of_MultiSafepay_is_called_by_nopCommerce_4_90", true)]
    [TestCase("An_IPv6_address_is_sent_with_UTF8_and_HTTP_status_503", true)]
    [TestCase("Refund", false)]
    [TestCase("RefundIsBookedOnce", false)]
    [TestCase("Refund_IsBookedOnce", false)]
    [TestCase("A_refund_isBooked", false)]
    [TestCase("a_refund_is_booked", false)]
    [TestCase("A_refund__is_booked", false)]
    [TestCase("A_refund_is_booked_", false)]
    [TestCase("A_refund_that_is_booked_with_so_many_words_that_nobody_reads_its_name_to_the_very_end_of_it", false)]
    public void A_name_is_a_sentence_only_if_it_follows_the_convention(string name, bool isSentence) => Assert.That(IsSentence(name), Is.EqualTo(isSentence));

    private static bool IsSentence(string name) =>
        name.Length <= MaxLength && Sentence().IsMatch(name) && name.Split('_').All(word => _identifiers.Contains(word) || !Hump().IsMatch(word));

    // A capital letter, and at least one underscore, none of them beside another or at the end.
    [GeneratedRegex("^[A-Z][A-Za-z0-9]*(_[A-Za-z0-9]+)+$")]
    private static partial Regex Sentence();

    [GeneratedRegex("[a-z0-9][A-Z]")]
    private static partial Regex Hump();
}
