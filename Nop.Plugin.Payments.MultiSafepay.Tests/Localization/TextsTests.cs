using System.Text.RegularExpressions;
using Nop.Plugin.Payments.MultiSafepay.Checkout.Request;
using Nop.Plugin.Payments.MultiSafepay.Payments.Notices;
using Nop.Plugin.Payments.MultiSafepay.Payments.Orders;
using NUnit.Framework;

namespace Nop.Plugin.Payments.MultiSafepay.Tests.Localization;

/// <summary>The texts of all languages: complete, with the same placeholders, and really translated.</summary>
[TestFixture]
public partial class TextsTests
{
    // nopCommerce's columns, and what stays readable on MultiSafepay's payment page and on a phone.
    private const int MaxResourceName = 200;
    private const int MaxSubject = 1000;
    private const int MaxWordsInCart = 40;
    private const int MaxWordsOnButton = 50;

    private static readonly IReadOnlyDictionary<string, string> _english = Texts.Load("en");

    private static IEnumerable<string> Translations => Texts.Languages.Where(language => language != "en");

    [Test]
    public void The_installed_languages_are_those_with_a_text_file() =>
        Assert.That(TextResources.Languages, Is.EquivalentTo(Texts.Languages));

    [Test]
    public void The_installed_texts_equal_the_text_files()
    {
        foreach (var language in Texts.Languages)
            Assert.That(TextResources.Read(language).Select(text => (text.Key, text.Value)),
                Is.EqualTo(Texts.Load(language).Select(text => ($"{MultiSafepayDefaults.ResourcePrefix}.{text.Key}", text.Value))));
    }

    [TestCaseSource(nameof(Translations))]
    public void A_translation_has_the_keys_of_the_English_texts_in_their_order(string language) =>
        Assert.That(Texts.Load(language).Keys, Is.EqualTo(_english.Keys));

    [TestCaseSource(nameof(Translations))]
    public void A_translation_has_the_placeholders_of_the_English_text(string language) =>
        Assert.Multiple(() =>
        {
            foreach (var (key, text) in Texts.Load(language))
                Assert.That(Placeholders(text), Is.EquivalentTo(Placeholders(_english[key])), key);
        });

    [TestCaseSource(nameof(Translations))]
    public void A_translation_has_the_markup_and_the_tokens_of_the_English_text(string language) =>
        Assert.Multiple(() =>
        {
            foreach (var (key, text) in Texts.Load(language))
            {
                Assert.That(Values(Markup(), text), Is.EqualTo(Values(Markup(), _english[key])), key);
                Assert.That(Values(MailToken(), text), Is.EqualTo(Values(MailToken(), _english[key])), key);
                Assert.That(TextTemplate.TokensOf(text).Distinct(), Is.EquivalentTo(TextTemplate.TokensOf(_english[key]).Distinct()), key);
            }
        });

    [Test]
    public void Only_the_bodies_of_emails_have_markup() =>
        Assert.That(_english.Where(text => text.Value.AsSpan().ContainsAny('<', '>')).Select(text => text.Key), Is.EquivalentTo(_english.Keys.Where(key => Body().IsMatch(key))));

    [Test]
    public void Every_text_fits_its_length_limit() =>
        Assert.Multiple(() =>
        {
            foreach (var language in Texts.Languages)
            {
                foreach (var (key, text) in Texts.Load(language))
                {
                    Assert.That($"{MultiSafepayDefaults.ResourcePrefix}.{key}", Has.Length.LessThanOrEqualTo(MaxResourceName), key);
                    if (key.StartsWith("Cart.", StringComparison.Ordinal) || key == "AfterSales.RefundLine")
                        Assert.That(text, Has.Length.LessThanOrEqualTo(MaxWordsInCart), $"{language} {key}: a line on the payment page");
                    if (key == "AfterSales.RefundDescription")
                        Assert.That(text, Has.Length.LessThanOrEqualTo(OrderRequestFactory.MaxDescriptionLength - OrderIds.MaxLength), $"{language} {key}");
                    if (key == "Mail.PaymentLink.Subject")
                        Assert.That(text, Has.Length.LessThanOrEqualTo(MaxSubject), $"{language} {key}");
                    if (key.StartsWith("Panel.Button.", StringComparison.Ordinal) || key.StartsWith("Checkout.Gender.", StringComparison.Ordinal))
                        Assert.That(text, Has.Length.LessThanOrEqualTo(MaxWordsOnButton), $"{language} {key}");
                }
            }
        });

    [TestCase("nl", @"\b(je|jij|jou|jouw)\b")]
    [TestCase("de", @"\b(du|dich|dir|dein(e[mnrs]?)?)\b")]
    [TestCase("fr", @"\b(tu|toi|ton|tes|ta)\b")]
    [TestCase("es", @"\b(tú|tu|tus|ti|contigo)\b")]
    [TestCase("it", @"\b(tu|tuo|tua|tuoi|tue)\b")]
    [TestCase("pt", @"\b(tu|teu|tua|teus|tuas)\b")]
    public void Customers_and_owners_are_addressed_formally(string language, string familiar) =>
        Assert.That(Texts.Load(language).Where(text => Regex.IsMatch(text.Value, familiar, RegexOptions.IgnoreCase)).Select(text => text.Key), Is.Empty);

    [Test]
    public void French_punctuation_has_a_non_breaking_space() =>
        Assert.That(Texts.Load("fr").Where(text => Regex.IsMatch(text.Value, " [:;!?»]|« ")).Select(text => text.Key), Is.Empty);

    [TestCaseSource(nameof(Translations))]
    public void Every_text_of_more_than_two_words_is_translated(string language) =>
        Assert.Multiple(() =>
        {
            foreach (var (key, text) in Texts.Load(language).Where(text => Words().Count(_english[text.Key]) > 2))
                Assert.That(text, Is.Not.EqualTo(_english[key]), key);
        });

    [Test]
    public void No_text_is_empty_or_has_stray_white_space() =>
        Assert.Multiple(() =>
        {
            foreach (var language in Texts.Languages)
            {
                foreach (var (key, text) in Texts.Load(language))
                {
                    Assert.That(text, Is.Not.Empty.And.Not.Contain("  ").And.Not.Contain('\n').And.Not.Contain('\t'), $"{language} {key}");
                    Assert.That(text, Is.EqualTo(text.Trim()), $"{language} {key}");
                }
            }
        });

    [Test]
    public void Every_text_can_be_formatted_with_numbered_placeholders() =>
        Assert.Multiple(() =>
        {
            foreach (var language in Texts.Languages)
            {
                // The tokens of the owner's templates ({order_number}) are explained to the owner; such a text is shown as it is.
                foreach (var (key, text) in Texts.Load(language).Where(text => !TextTemplate.TokensOf(text.Value).Any(TextTemplate.Tokens.Contains)))
                    Assert.DoesNotThrow(() => _ = string.Format(System.Globalization.CultureInfo.InvariantCulture, text, "0", "1", "2", "3"), $"{language} {key}");
            }
        });

    [Test]
    public void Only_hints_and_validation_messages_contain_template_tokens() =>
        Assert.That(
            _english.Where(text => TextTemplate.TokensOf(text.Value).Any()).Select(text => text.Key),
            Has.All.Match(@"^(Fields\..*\.Hint|Validation\..*)$"));

    private static IEnumerable<string> Placeholders(string text) => Placeholder().Matches(text).Select(match => match.Value).Distinct();

    private static IEnumerable<string> Values(Regex pattern, string text) => pattern.Matches(text).Select(match => match.Value);

    [GeneratedRegex(@"^Mail\.\w+\.Body$")]
    private static partial Regex Body();

    [GeneratedRegex("<[^>]*>")]
    private static partial Regex Markup();

    [GeneratedRegex(@"%[\w.]+%")]
    private static partial Regex MailToken();

    [GeneratedRegex(@"\{\d+(:\w+)?\}")]
    private static partial Regex Placeholder();

    [GeneratedRegex(@"\p{L}+")]
    private static partial Regex Words();
}
