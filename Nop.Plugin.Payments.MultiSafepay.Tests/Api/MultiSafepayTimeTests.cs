using Nop.Plugin.Payments.MultiSafepay.Api;
using NUnit.Framework;

namespace Nop.Plugin.Payments.MultiSafepay.Tests.Api;

/// <summary>MultiSafepay's times, in every form they have been seen in.</summary>
[TestFixture]
public class MultiSafepayTimeTests
{
    // The first is that of the official notification: signed at 14:08:04 UTC.
    [TestCase("2022-01-03T15:08:02", "2022-01-03T14:08:02Z")]
    [TestCase("2022-07-03T15:08:02", "2022-07-03T13:08:02Z")]
    [TestCase("2022-07-03 15:08:02", "2022-07-03T13:08:02Z")]
    [TestCase(" 2022-07-03T15:08:02.5 ", "2022-07-03T13:08:02.5Z")]
    [TestCase("2022-01-03", "2022-01-02T23:00:00Z")]
    [TestCase("2022-01-03T15:08:02Z", "2022-01-03T15:08:02Z")]
    [TestCase("2022-01-03T15:08:02+02:00", "2022-01-03T13:08:02Z")]
    public void A_time_is_Amsterdam_time_unless_it_has_an_offset(string text, string utc)
    {
        var read = MultiSafepayTime.ToUtc(text);
        Assert.That(read, Is.EqualTo(DateTimeOffset.Parse(utc, System.Globalization.CultureInfo.InvariantCulture).UtcDateTime));
        Assert.That(read!.Value.Kind, Is.EqualTo(DateTimeKind.Utc));
    }

    [TestCase(null)]
    [TestCase("")]
    [TestCase("soon")]
    [TestCase("12")]
    [TestCase("2022-13-45T99:00:00")]
    public void An_invalid_time_is_read_as_null(string? text) => Assert.That(MultiSafepayTime.ToUtc(text), Is.Null);

    [Test]
    public void Skipped_and_repeated_hours_of_daylight_saving_time_are_read()
    {
        Assert.That(MultiSafepayTime.ToUtc("2022-03-27T02:30:00"), Is.EqualTo(new DateTime(2022, 3, 27, 1, 30, 0)));
        Assert.That(MultiSafepayTime.ToUtc("2022-10-30T02:30:00"), Is.EqualTo(new DateTime(2022, 10, 30, 1, 30, 0)).Or.EqualTo(new DateTime(2022, 10, 30, 0, 30, 0)));
    }
}
