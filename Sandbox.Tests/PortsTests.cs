using System.Net;
using System.Net.Sockets;
using NUnit.Framework;

namespace Sandbox.Tests;

/// <summary>A port that is taken is told in one line, before anything is started.</summary>
[TestFixture]
internal sealed class PortsTests
{
    [Test]
    public void A_taken_port_is_named_with_the_option_that_chooses_another_one()
    {
        using var other = new TcpListener(IPAddress.Loopback, 0);
        other.Start();
        var taken = ((IPEndPoint)other.LocalEndpoint).Port;
        Assert.That(Ports.FindTaken((taken, "--shop-port")), Is.EqualTo($"Port {taken} is taken by another program, or not allowed. Choose another one with --shop-port N."));

        Assert.That(Ports.FindTaken((0, "--shop-port"), (taken, "--simulator-port")), Does.EndWith("Choose another one with --simulator-port N."));
        Assert.That(Ports.FindTaken((0, "--shop-port")), Is.Null, "the system gives a free one");
    }

    // It reads what is written to the console.
    [Test]
    [NonParallelizable]
    public async Task The_program_answers_a_taken_port_in_one_line_and_starts_nothing()
    {
        using var other = new TcpListener(IPAddress.Loopback, 0);
        other.Start();
        var (before, written) = (Console.Error, new StringWriter());
        Console.SetError(written);
        try
        {
            var port = $"{((IPEndPoint)other.LocalEndpoint).Port}";
            Assert.That(await SandboxProgram.RunAsync(["--simulator-only", "--simulator-port", port]), Is.EqualTo(1));
            Assert.That(written.ToString().Trim().Split('\n'), Has.Length.EqualTo(1).And.Some.StartsWith($"Port {port} is taken"));
        }
        finally
        {
            Console.SetError(before);
        }
    }
}
