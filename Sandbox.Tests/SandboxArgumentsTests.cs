using NUnit.Framework;
using Sandbox.Shop;
using Sandbox.Simulator;

namespace Sandbox.Tests;

/// <summary>The command line of the sandbox.</summary>
[TestFixture]
internal sealed class SandboxArgumentsTests
{
    [Test]
    public void Shop_and_simulator_are_started_by_default()
    {
        var arguments = SandboxArguments.Parse([]);
        Assert.That((arguments.ShopUrl, arguments.SimulatorUrl, arguments.SimulatorOnly), Is.EqualTo(("http://localhost:5080", "http://localhost:5090/", false)));
        Assert.That(arguments.Simulator.ShopUrl, Is.EqualTo("http://localhost:5080/"));
        Assert.That(arguments.Simulator.ResendInterval, Is.EqualTo(TimeSpan.FromMinutes(15)));
    }

    [Test]
    public void Another_version_of_nopCommerce_is_run_with_the_rest_of_the_command_line()
    {
        string[] line = ["--shop-port", "81", "--nop", "4.80", "--strict-urls"];
        var program = Path.GetFullPath("../../../../../Sandbox/bin/Release/nop4.90/net10.0/", AppContext.BaseDirectory);
        Assert.That(OtherVersion.Command(SandboxArguments.Parse(line), line, program), Is.EqualTo(new[]
        {
            "run", "--project", Path.GetFullPath("../../../../Sandbox.csproj", program), "--configuration", "Release", "--property:NopVersion=4.80", "--", "--shop-port", "81", "--strict-urls",
        }));
        Assert.That(() => OtherVersion.Command(SandboxArguments.Parse(line), line, AppContext.BaseDirectory), Throws.InstanceOf<IOException>(), "there is no such program here");
    }

    // Neither knows the other.
    [Test]
    public void Shop_and_simulator_have_the_same_key() => Assert.That(new ShopOptions().ApiKey, Is.EqualTo(new SimulatorOptions().Sites.Single().ApiKey));

    [Test]
    public void Every_command_line_option_is_read()
    {
        string[] line =
        [
            "--shop-port", "81", "--simulator-port", "82", "--simulator-only", "--shop-url", "http://localhost:83/", "--api-key", "k", "--resend-interval", "250",
            "--plugin", "a folder", "--nop", "5.00", "--reserve-refunds", "--strict-urls", "--notify-anywhere", "--recurring", "cardOnFile,subscription",
        ];
        var arguments = SandboxArguments.Parse(line);
        var simulator = arguments.Simulator;
        Assert.Multiple(() =>
        {
            Assert.That((arguments.ShopPort, simulator.Port, arguments.SimulatorOnly), Is.EqualTo((81, 82, true)));
            Assert.That((arguments.PluginFolder, arguments.NopVersion), Is.EqualTo(("a folder", "5.00")));
            Assert.That((simulator.ShopUrl, simulator.Sites[0].ApiKey), Is.EqualTo(("http://localhost:83/", "k")));
            Assert.That(simulator.ResendInterval, Is.EqualTo(TimeSpan.FromMilliseconds(250)));
            Assert.That(simulator.RecurringModels, Is.EqualTo(new[] { "cardOnFile", "subscription" }));
            Assert.That((simulator.ReserveRefunds, simulator.AllowLoopbackUrls, simulator.NotifyAnywhere), Is.EqualTo((true, false, true)));
        });
    }

    [TestCase("--unknown")]
    [TestCase("--shop-port")]
    [TestCase("--shop-port", "0")]
    [TestCase("--shop-port", "65536")]
    [TestCase("--resend-interval", "soon")]
    [TestCase("--recurring", "cardonfile")]
    [TestCase("--recurring", "")]
    [TestCase("--nop")]
    [TestCase("--nop", "5.0")]
    public void An_invalid_command_line_is_rejected(params string[] line) => Assert.Throws<ArgumentException>(() => SandboxArguments.Parse(line));
}
