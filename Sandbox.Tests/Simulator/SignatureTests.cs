using System.Text;
using NUnit.Framework;
using Sandbox.Simulator.Notifications;
using Official = Sandbox.Testing.OfficialExamples.Notification;

namespace Sandbox.Tests.Simulator;

/// <summary>The simulator signs as MultiSafepay does: its worked example comes out to the letter.</summary>
[TestFixture]
internal sealed class SignatureTests
{
    [Test]
    public void The_simulator_reproduces_the_official_signature() => Assert.That(
        Decode(Signature.AuthHeader(Official.Body, Official.ApiKey, Official.SignedAt.ToUnixTimeSeconds())),
        Is.EqualTo(Official.Timestamp + ":" + Official.Signature));

    [Test]
    public void The_signing_key_is_trimmed() => Assert.That(
        Signature.AuthHeader(Official.Body, $" {Official.ApiKey}\n", 1641218884),
        Is.EqualTo(Signature.AuthHeader(Official.Body, Official.ApiKey, 1641218884)));

    private static string Decode(string header) => Encoding.ASCII.GetString(Convert.FromBase64String(header));
}
