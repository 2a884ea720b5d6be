using System.Globalization;
using Nop.Plugin.Payments.MultiSafepay.Api;
using Nop.Plugin.Payments.MultiSafepay.Checkout.Request;
using Nop.Plugin.Payments.MultiSafepay.Payments.Notices;
using NUnit.Framework;

namespace Nop.Plugin.Payments.MultiSafepay.Tests.Checkout;

/// <summary>Each refusal of MultiSafepay has words for the owner and the customer, in every language.</summary>
[TestFixture]
internal sealed class ApiErrorTextsTests
{
    [TestCase(1001, "OtherMethod")]
    [TestCase(1002, "OtherMethod")]
    [TestCase(1006, "StartFailed")]
    [TestCase(1007, "StartFailed")]
    [TestCase(1008, "StartFailed")]
    [TestCase(1018, "OtherMethod")]
    [TestCase(1019, "StartFailed")]
    [TestCase(1020, "StartFailed")]
    [TestCase(1023, "OtherMethod")]
    [TestCase(1024, "Declined")]
    [TestCase(1027, "StartFailed")]
    [TestCase(1028, "StartFailed")]
    [TestCase(1029, "OtherMethod")]
    [TestCase(1030, "StartFailed")]
    [TestCase(1031, "StartFailed")]
    [TestCase(1032, "StartFailed")]
    [TestCase(1034, "StartFailed")]
    public void Each_known_error_code_has_its_own_texts(int code, string customerMessage)
    {
        var exception = new MultiSafepayApiException("POST orders failed.") { Code = code, Info = "Their words" };

        Assert.That(ApiErrorTexts.NoteFor(exception), Is.EqualTo(FormattableString.Invariant($"Error.{code}")));
        Assert.That(ApiErrorTexts.CustomerMessageFor(exception), Is.EqualTo(customerMessage));
        foreach (var language in TextResources.Languages)
        {
            var texts = TextResources.Read(language);
            var note = string.Format(CultureInfo.InvariantCulture, texts[FormattableString.Invariant($"{MultiSafepayDefaults.ResourcePrefix}.Note.Error.{code}")], code, "Their words");
            Assert.That(note, Does.Contain(FormattableString.Invariant($"{code}")).And.Contain("Their words").And.Not.Contain("{"));
            Assert.That(texts[$"{MultiSafepayDefaults.ResourcePrefix}.Customer.{customerMessage}"], Does.Not.Contain("{").And.Not.Contain("MultiSafepay"));
        }
    }

    [Test]
    public void Every_error_code_has_texts_except_the_one_of_everything_else() =>
        Assert.That(ApiErrorTexts.Codes, Is.EquivalentTo(typeof(MultiSafepayErrorCodes).GetFields().Select(field => field.GetRawConstantValue()).Except([MultiSafepayErrorCodes.General])));

    [Test]
    public void Unknown_error_codes_and_timeouts_have_different_texts() =>
        Assert.Multiple(() =>
        {
            Assert.That(ApiErrorTexts.NoteFor(new MultiSafepayApiException("timeout") { IsTransient = true }), Is.EqualTo("Start.Unreachable"));
            Assert.That(ApiErrorTexts.NoteFor(new MultiSafepayApiException("new") { Code = 1999 }), Is.EqualTo("Start.Refused"));
            Assert.That(ApiErrorTexts.CustomerMessageFor(new MultiSafepayApiException("new") { Code = 1999 }), Is.EqualTo("StartFailed"));
            Assert.That(ApiErrorTexts.CustomerMessageFor(new MultiSafepayApiException("timeout")), Is.EqualTo("StartFailed"));
        });
}
