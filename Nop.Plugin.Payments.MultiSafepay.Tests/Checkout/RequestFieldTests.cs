using System.Text;
using CsCheck;
using Nop.Plugin.Payments.MultiSafepay.Api;
using Nop.Plugin.Payments.MultiSafepay.Checkout.Request;
using Nop.Plugin.Payments.MultiSafepay.Payments.Orders;
using Nop.Plugin.Payments.MultiSafepay.Payments.Stores;
using NUnit.Framework;

namespace Nop.Plugin.Payments.MultiSafepay.Tests.Checkout;

/// <summary>Cleaning, cutting, languages, addresses of machines and people.</summary>
[TestFixture]
internal sealed class RequestFieldTests
{
    [TestCase("  Jan  de\tVries\r\n", "Jan de Vries")]
    [TestCase("<b>Jan</b> &amp; Zoon", "Jan & Zoon")]
    [TestCase("Jan &amp;amp; Zoon", "Jan & Zoon")]
    [TestCase("&lt;script&gt;alert(1)&lt;/script&gt;Jan", "alert(1) Jan")]
    [TestCase("Color: Red<br />Size: XL<br>", "Color: Red, Size: XL")]
    [TestCase("5 < 6 and 7 > 3", "5 < 6 and 7 > 3")]
    [TestCase("J\u0000a\u0007n", "J a n")]
    [TestCase("\u202Enaj\u202C", "naj")]
    [TestCase("Ünïcødé 漢字 🎁", "Ünïcødé 漢字 🎁")]
    [TestCase("R&D", "R&D")]
    [TestCase("<br/>", null)]
    [TestCase("\u200B", null)]
    [TestCase("", null)]
    [TestCase(null, null)]
    public void Text_is_cleaned_of_markup_and_extra_white_space(string? text, string? expected) => Assert.That(FieldText.Clean(text, 100), Is.EqualTo(expected));

    [Test]
    public void An_unpaired_surrogate_is_dropped() => Assert.That(FieldText.Clean($"a{'\uD83D'}b{'\uDE00'}", 100), Is.EqualTo("ab"));

    [TestCase("abcdef", 3, "abc")]
    [TestCase("ab cdef", 3, "ab")]
    [TestCase("ab🎁", 3, "ab")]
    [TestCase("ab🎁", 4, "ab🎁")]
    [TestCase("🎁", 1, null)]
    public void Text_is_truncated_between_characters(string text, int length, string? expected) => Assert.That(FieldText.Clean(text, length), Is.EqualTo(expected));

    [Test]
    public void Any_typed_text_fits_its_limit_and_is_valid() =>
        Gen.Select(Gen.Char.Array[0, 60], Gen.Int[1, 40]).Sample((characters, length) =>
        {
            var text = FieldText.Clean(new string(characters), length);
            return text is null || (text.Length <= length && !text.Any(char.IsControl) && Encoding.UTF8.GetString(new UTF8Encoding(false, true).GetBytes(text)) == text);
        }, iter: 20_000);

    [TestCase("nl-NL", "NL", "nl_NL")]
    [TestCase("nl-BE", "NL", "nl_BE")]
    [TestCase("nl-NL", "BE", "nl_NL")]
    [TestCase("nl", "BE", "nl_BE")]
    [TestCase("nl", "SR", "nl_NL")]
    [TestCase("nl-SR", null, "nl_NL")]
    [TestCase("de-CH", "CH", "de_DE")]
    [TestCase("de-AT", null, "de_AT")]
    [TestCase("de-LI", "AT", "de_DE")]
    [TestCase("fr-CA", "CA", "fr_FR")]
    [TestCase("fr-BE", null, "fr_BE")]
    [TestCase("en-GB", "GB", "en_US")]
    [TestCase("en", null, "en_US")]
    [TestCase("es-MX", null, "es_ES")]
    [TestCase("it-CH", null, "it_IT")]
    [TestCase("cs-CZ", null, "cs_CZ")]
    [TestCase("fi-FI", null, "fi_FI")]
    [TestCase("pl-PL", null, "pl_PL")]
    [TestCase("sv-FI", null, "sv_SE")]
    [TestCase("zh-Hans-CN", null, "zh_CN")]
    [TestCase("zh-TW", null, "zh_CN")]
    [TestCase("NL-be", null, "nl_BE")]
    [TestCase("", "NL", "en_US")]
    [TestCase(null, "NL", "en_US")]
    [TestCase("ca-ES", "ES", "es_ES")]
    [TestCase("ca", "FR", "fr_FR")]
    [TestCase("ca-AD", null, "es_ES")]
    [TestCase("eu-ES", null, "es_ES")]
    [TestCase("gl-ES", null, "es_ES")]
    [TestCase("fy-NL", null, "nl_NL")]
    [TestCase("fy", "DE", "de_DE")]
    [TestCase("nds-NL", null, "nl_NL")]
    [TestCase("lb-LU", null, "de_DE")]
    [TestCase("gsw-CH", null, "de_DE")]
    [TestCase("br-FR", null, "fr_FR")]
    [TestCase("sc-IT", null, "it_IT")]
    [TestCase("sk-SK", null, "cs_CZ")]
    [TestCase("se-FI", null, "fi_FI")]
    [TestCase("hu-HU", "HU", "en_US")]
    [TestCase("cy-GB", null, "en_US")]
    public void The_nearest_supported_locale_is_used(string? culture, string? country, string expected) =>
        Assert.That((Locales.OfPaymentPage(culture, country), Locales.Listed(culture, country)), Is.EqualTo((expected, expected)));

    [TestCase("da-DK", null, "da_DK")]
    [TestCase("da_GL", null, "da_DK")]
    [TestCase("fo-FO", null, "da_DK")]
    [TestCase("pt-PT", "PT", "pt_PT")]
    [TestCase("pt-BR", "BR", "pt_PT")]
    [TestCase("nb-NO", null, "nb_NO")]
    [TestCase("nn-NO", null, "nb_NO")]
    [TestCase("no", "NO", "nb_NO")]
    [TestCase("tr-TR", null, "tr_TR")]
    [TestCase("ru-RU", null, "ru_RU")]
    [TestCase("ar-EG", null, "en_US")]
    public void A_language_of_the_payment_page_without_a_listed_locale_is_sent_in_the_order_only(string culture, string? country, string expected) =>
        Assert.That((Locales.OfPaymentPage(culture, country), Locales.Listed(culture, country)), Is.EqualTo((expected, Locales.Default)));

    [TestCase("203.0.113.7", "203.0.113.7")]
    [TestCase(" 203.0.113.7 , 10.0.0.1", "203.0.113.7")]
    [TestCase("203.0.113.7:4711", "203.0.113.7")]
    [TestCase("unknown, 203.0.113.7", "203.0.113.7")]
    [TestCase("\"[2001:db8::1]:443\"", "2001:db8::1")]
    [TestCase("[2001:db8::1]", "2001:db8::1")]
    [TestCase("2001:0db8:0000::1", "2001:db8::1")]
    [TestCase("::ffff:203.0.113.7", "203.0.113.7")]
    [TestCase("fe80::1%eth0", "fe80::1")]
    [TestCase("1", null)]
    [TestCase("1.2.3", null)]
    [TestCase("010.0.0.1", null)]
    [TestCase("256.0.0.1", null)]
    [TestCase("0.0.0.0", null)]
    [TestCase("::", null)]
    [TestCase("localhost", null)]
    [TestCase("[2001:db8::1", null)]
    [TestCase("", null)]
    [TestCase(null, null)]
    public void The_client_IP_address_is_read_from_proxy_headers(string? list, string? expected) => Assert.That(IpAddresses.First(list), Is.EqualTo(expected));

    [TestCase("jan@example.com", "jan@example.com")]
    [TestCase(" jan.de-vries+shop@mail.example.co.uk ", "jan.de-vries+shop@mail.example.co.uk")]
    [TestCase("jan@exämple.de", "jan@xn--exmple-cua.de")]
    [TestCase("o'brien@example.ie", "o'brien@example.ie")]
    [TestCase("jan", null)]
    [TestCase("jan@", null)]
    [TestCase("@example.com", null)]
    [TestCase("jan@localhost", null)]
    [TestCase("jan@@example.com", null)]
    [TestCase("jan..vries@example.com", null)]
    [TestCase("jan vries@example.com", null)]
    [TestCase("jän@example.com", null)]
    [TestCase("jan@example..com", null)]
    [TestCase("jan@-example.com", null)]
    [TestCase("jan@example.com\r\nbcc:x@example.com", null)]
    [TestCase("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa@example.com", "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa@example.com")]
    [TestCase("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa@example.com", null)]
    [TestCase("", null)]
    [TestCase(null, null)]
    public void An_email_address_is_normalized_or_omitted_if_invalid(string? text, string? expected) => Assert.That(ContactDetails.Email(text), Is.EqualTo(expected));

    [TestCase("020 850 0500", "020 850 0500")]
    [TestCase("+31 (0)20-850.05/00", "+31 (0)20-850.05/00")]
    [TestCase("+31 (0) 20 - 850 05 00 00 ", "+31 (0) 20 - 850 05 00 00")]
    [TestCase("+31 (0) 20 - 85 00 50 00 00", "+310208500500000")]
    [TestCase("020 850 0500 ext. 3", null)]
    [TestCase("1234", null)]
    [TestCase("12345", "12345")]
    [TestCase("1234567890123456", null)]
    [TestCase("--------------------------", null)]
    [TestCase("call me", null)]
    [TestCase("", null)]
    [TestCase(null, null)]
    public void A_phone_number_is_normalized_or_omitted_if_invalid(string? text, string? expected) => Assert.That(ContactDetails.Phone(text), Is.EqualTo(expected));

    [TestCase("J", "J.")]
    [TestCase("Jo", "Jo")]
    [TestCase(" ", null)]
    public void A_single_initial_is_extended_to_the_minimum_length(string name, string? expected) => Assert.That(AddressReader.Name(name, 25), Is.EqualTo(expected));

    [Test]
    public void Template_placeholders_are_replaced_only_once() =>
        Assert.That(
            TextTemplate.Fill("{order_number}/{store_name}/{other}/{", new Dictionary<string, string?> { ["order_number"] = "{store_name}", ["store_name"] = "Shop" }),
            Is.EqualTo("{store_name}/Shop//{"));

    [TestCase(30, LifetimeUnit.Days, true)]
    [TestCase(365, LifetimeUnit.Days, true)]
    [TestCase(366, LifetimeUnit.Days, false)]
    [TestCase(8760, LifetimeUnit.Hours, true)]
    [TestCase(8761, LifetimeUnit.Hours, false)]
    [TestCase(5, LifetimeUnit.Minutes, true)]
    [TestCase(4, LifetimeUnit.Minutes, false)]
    [TestCase(0, LifetimeUnit.Days, false)]
    [TestCase(int.MaxValue, LifetimeUnit.Days, false)]
    [TestCase(1, (LifetimeUnit)9, false)]
    public void A_payment_link_lifetime_beyond_the_limits_of_MultiSafepay_falls_back_to_the_default(int value, LifetimeUnit unit, bool valid)
    {
        Assert.That(new PaymentLinkLifetime(value, unit).IsValid, Is.EqualTo(valid));
        var used = PaymentLinkLifetime.From(new MultiSafepaySettings { LinkLifetime = value, LinkLifetimeUnit = unit });
        Assert.That(used, Is.EqualTo(valid ? new PaymentLinkLifetime(value, unit) : PaymentLinkLifetime.Default));
        Assert.That(used.Days is not null ^ used.Seconds is not null, Is.True);
    }
}
