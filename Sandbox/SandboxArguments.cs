using System.Globalization;
using Sandbox.Simulator;

namespace Sandbox;

/// <summary>The command line.</summary>
public sealed record SandboxArguments(SimulatorOptions Simulator, int ShopPort, bool SimulatorOnly, bool ShowHelp)
{
    public const string Help = """
        Usage: dotnet run --project Sandbox -- [options]
          --shop-port N          port of the shop, 5080 by default
          --simulator-port N     port of the simulator, 5090 by default
          --simulator-only       no shop: point a real nopCommerce at the simulator with MultiSafepay:ApiUrl
          --shop-url URL         where the overview of the simulator links to
          --api-key KEY          the key of the simulated site, made up by you
          --resend-interval MS   milliseconds until a notification is sent again, 15 minutes by default
          --reserve-refunds      refunds wait until they are accepted, as in MultiSafepay's test environment
          --strict-urls          refuse http and port numbers in URLs, as MultiSafepay does
          --notify-anywhere      send notifications to other machines too
        """;

    /// <exception cref="ArgumentException">Unknown option or a value out of range.</exception>
    public static SandboxArguments Parse(IReadOnlyList<string> args)
    {
        var simulator = new SimulatorOptions();
        var shopPort = 5080;
        string? shopUrl = null;
        bool simulatorOnly = false, showHelp = false;

        for (var i = 0; i < args.Count; i++)
        {
            string Value() => ++i < args.Count ? args[i] : throw new ArgumentException($"{args[i - 1]} needs a value.");
            int Number(int min, int max)
            {
                var name = args[i];
                return int.TryParse(Value(), NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= min && number <= max
                    ? number
                    : throw new ArgumentException(FormattableString.Invariant($"{name} is a whole number from {min} to {max}."));
            }

            switch (args[i])
            {
                case "--shop-port": shopPort = Number(1, 65535); break;
                case "--simulator-port": simulator = simulator with { Port = Number(1, 65535) }; break;
                case "--simulator-only": simulatorOnly = true; break;
                case "--shop-url": shopUrl = Value(); break;
                case "--api-key": simulator = simulator with { Sites = [new SimulatorSite(1001, Value())] }; break;
                case "--resend-interval": simulator = simulator with { ResendInterval = TimeSpan.FromMilliseconds(Number(1, 86_400_000)) }; break;
                case "--reserve-refunds": simulator = simulator with { ReserveRefunds = true }; break;
                case "--strict-urls": simulator = simulator with { AllowLoopbackUrls = false }; break;
                case "--notify-anywhere": simulator = simulator with { NotifyAnywhere = true }; break;
                case "--help" or "-h": showHelp = true; break;
                default: throw new ArgumentException($"Unknown option {args[i]}.");
            }
        }

        shopUrl ??= simulatorOnly ? null : FormattableString.Invariant($"http://localhost:{shopPort}/");
        return new(simulator with { ShopUrl = shopUrl }, shopPort, simulatorOnly, showHelp);
    }
}
