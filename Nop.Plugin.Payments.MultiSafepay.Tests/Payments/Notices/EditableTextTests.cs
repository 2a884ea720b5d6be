using System.Globalization;
using Nop.Plugin.Payments.MultiSafepay.Payments.Notices;
using NUnit.Framework;

namespace Nop.Plugin.Payments.MultiSafepay.Tests.Payments.Notices;

[TestFixture]
internal sealed class EditableTextTests
{
    [TestCase("{1} of {0}", "b of 1.5")]
    [TestCase("nothing", "nothing")]
    [TestCase("{0 of {1}", "{0 of {1} (1.5, b)")]
    [TestCase("{0} of {2}", "{0} of {2} (1.5, b)")]
    [TestCase("{0}}", "{0}} (1.5, b)")]
    [TestCase("{amount}", "{amount} (1.5, b)")]
    public void A_mistyped_placeholder_keeps_the_text_and_its_arguments(string text, string expected) =>
        Assert.That(EditableText.Fill(CultureInfo.InvariantCulture, text, 1.5m, "b"), Is.EqualTo(expected));
}
