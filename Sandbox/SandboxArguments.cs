using System.Globalization;
using Sandbox.Shop;
using Sandbox.Simulator;
using Sandbox.Simulator.Gateways;

namespace Sandbox;

/// <summary>The command line.</summary>
public sealed record SandboxArguments(SimulatorOptions Simulator, int ShopPort, bool SimulatorOnly, bool ShowHelp, string? PluginFolder = null, string? NopVersion = null)
{
    /// <summary>The option that names the port of the shop.</summary>
    public const string ShopPortOption = "--shop-port";

    /// <summary>The option that names the port of the simulator.</summary>
    public const string SimulatorPortOption = "--simulator-port";

    /// <summary>The option that names the version of nopCommerce.</summary>
    public const string NopOption = "--nop";

    /// <summary>The versions of nopCommerce that the sandbox can be built for.</summary>
    private static readonly string[] _nopVersions = ["4.80", "4.90", "5.00"];

    public const string Help = """
        Usage: dotnet run --project Sandbox -- [options]
          --shop-port N          port of the shop, 5080 by default
          --simulator-port N     port of the simulator, 5090 by default
          --nop VERSION          what the shop is like: nopCommerce 4.90 by default, 4.80 or 5.00 (its development version); builds the sandbox for it
          --simulator-only       no shop: point a real nopCommerce at the simulator with MultiSafepay:ApiUrl
          --plugin FOLDER        one more plugin for the shop: a folder with its plugin.json and its DLL
          --shop-url URL         where the simulator's overview links to
          --api-key KEY          the API key of the simulated site, made up by you
          --resend-interval MS   milliseconds until an unacknowledged notification is sent again, 15 minutes by default
          --reserve-refunds      refunds wait until they are accepted, as in MultiSafepay's test environment
          --recurring MODELS     what the account may store payment details for, with commas: cardOnFile,subscription,unscheduled
          --strict-urls          refuse http and port numbers in the notification URL, as MultiSafepay does
          --notify-anywhere      send notifications to other machines too
          --help                 this text
        """;

    /// <summary>Without a slash at its end.</summary>
    public string ShopUrl => string.Create(CultureInfo.InvariantCulture, $"http://localhost:{ShopPort}");

    /// <summary>With a slash at its end.</summary>
    public string SimulatorUrl => string.Create(CultureInfo.InvariantCulture, $"http://localhost:{Simulator.Port}/");

    /// <exception cref="ArgumentException">An unknown option, or a value that is missing or out of range.</exception>
    public static SandboxArguments Parse(IReadOnlyList<string> args)
    {
        var result = new SandboxArguments(new SimulatorOptions(), ShopOptions.DefaultPort, SimulatorOnly: false, ShowHelp: false);
        for (var i = 0; i < args.Count; i++)
        {
            var name = args[i];
            var simulator = result.Simulator;
            result = name switch
            {
                ShopPortOption => result with { ShopPort = Number(65535) },
                SimulatorPortOption => result with { Simulator = simulator with { Port = Number(65535) } },
                "--simulator-only" => result with { SimulatorOnly = true },
                NopOption => result with { NopVersion = Choice(_nopVersions) },
                "--plugin" => result with { PluginFolder = Value() },
                "--shop-url" => result with { Simulator = simulator with { ShopUrl = Value() } },
                "--api-key" => result with { Simulator = simulator with { Sites = [new SimulatorSite(1001, Value())] } },
                "--resend-interval" => result with { Simulator = simulator with { ResendInterval = TimeSpan.FromMilliseconds(Number(86_400_000)) } },
                "--reserve-refunds" => result with { Simulator = simulator with { ReserveRefunds = true } },
                "--recurring" => result with { Simulator = simulator with { RecurringModels = Models() } },
                "--strict-urls" => result with { Simulator = simulator with { AllowLoopbackUrls = false } },
                "--notify-anywhere" => result with { Simulator = simulator with { NotifyAnywhere = true } },
                "--help" or "-h" => result with { ShowHelp = true },
                _ => throw new ArgumentException($"Unknown option {name}."),
            };

            string Value() => ++i < args.Count ? args[i] : throw new ArgumentException($"{name} needs a value.");
            string[] Models() => Value().Split(',') is var models && models.All(RecurringSwitches.Models.Contains)
                ? models
                : throw new ArgumentException($"{name} takes {string.Join(", ", RecurringSwitches.Models)}.");
            string Choice(string[] values) => Value() is var value && values.Contains(value) ? value : throw new ArgumentException($"{name} takes one of {string.Join(", ", values)}.");
            int Number(int max) => int.TryParse(Value(), NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= 1 && number <= max
                ? number
                : throw new ArgumentException(string.Create(CultureInfo.InvariantCulture, $"{name} takes a whole number from 1 to {max}."));
        }

        return result.SimulatorOnly || result.Simulator.ShopUrl is not null
            ? result
            : result with { Simulator = result.Simulator with { ShopUrl = result.ShopUrl + "/" } };
    }
}
