using System.Text.Json;
using Nop.Plugin.Payments.MultiSafepay;
using Sandbox.Shop;
using Sandbox.Shop.Hosting;
using Sandbox.Simulator;

namespace Sandbox;

/// <summary>Starts the simulator, and beside it the shop, until Ctrl+C.</summary>
public static class SandboxProgram
{
    /// <summary>0 after a clean stop, 1 when something could not start, 2 for a command line that is not understood.</summary>
    public static async Task<int> RunAsync(string[] args)
    {
        SandboxArguments arguments;
        try
        {
            arguments = SandboxArguments.Parse(args);
        }
        catch (ArgumentException exception)
        {
            await Console.Error.WriteLineAsync($"{exception.Message}{Environment.NewLine}{Environment.NewLine}{SandboxArguments.Help}");
            return 2;
        }

        if (arguments.ShowHelp)
        {
            Console.WriteLine(SandboxArguments.Help);
            return 0;
        }

        if (arguments.NopVersion is { } version && version != ShopVersion.Name)
        {
            try
            {
                return await OtherVersion.RunAsync(OtherVersion.Command(arguments, args, AppContext.BaseDirectory));
            }
            catch (IOException exception)
            {
                await Console.Error.WriteLineAsync(exception.Message);
                return 1;
            }
        }

        IReadOnlyList<(int, string)> ports = arguments.SimulatorOnly
            ? [(arguments.Simulator.Port, SandboxArguments.SimulatorPortOption)]
            : [(arguments.ShopPort, SandboxArguments.ShopPortOption), (arguments.Simulator.Port, SandboxArguments.SimulatorPortOption)];
        if (Ports.FindTaken(ports) is { } taken)
        {
            await Console.Error.WriteLineAsync(taken);
            return 1;
        }

        Console.WriteLine(arguments.SimulatorOnly ? "Starting the simulator." : "Starting the simulator and the shop; the shop installs the plugin and fills its catalogue.");
        ShopOptions options;
        try
        {
            options = ShopOptions(arguments);
        }
        catch (Exception exception) when (exception is IOException or BadImageFormatException or JsonException)
        {
            await Console.Error.WriteLineAsync($"--plugin {arguments.PluginFolder}: {exception.Message}");
            return 1;
        }

        await using var simulator = SimulatorHost.Build(arguments.Simulator);
        await using var shop = arguments.SimulatorOnly ? null : ShopHost.Build(options);
        try
        {
            await simulator.StartAsync();
            if (shop is not null)
                await shop.StartAsync();
        }
        catch (IOException exception)
        {
            // A port that is taken.
            await Console.Error.WriteLineAsync(exception.Message);
            return 1;
        }

        Console.WriteLine(Welcome(arguments));

        // Both hear Ctrl+C; the one that stops first takes the other along.
        await Task.WhenAny(simulator.WaitForShutdownAsync(), shop?.WaitForShutdownAsync() ?? Task.Delay(Timeout.Infinite));
        if (shop is not null)
            await shop.StopAsync();
        await simulator.StopAsync();
        return 0;
    }

    private static ShopOptions ShopOptions(SandboxArguments arguments) => new()
    {
        Url = arguments.ShopUrl,
        ApiUrl = arguments.SimulatorUrl + "v1/json/",
        ApiKey = arguments.Simulator.Sites[0].ApiKey,
        RunScheduledTasks = true,
        Plugins = arguments.PluginFolder is { } folder ? [PluginSource.FromAssembly(typeof(MultiSafepayPaymentMethod).Assembly), PluginSource.FromFolder(folder)] : null,
    };

    private static string Welcome(SandboxArguments arguments)
    {
        var simulator = $"""

            MultiSafepay simulator   {arguments.SimulatorUrl}
              REST API               {arguments.SimulatorUrl}v1/json/
              API key (made up)      {arguments.Simulator.Sites[0].ApiKey}

            """;
        if (arguments.SimulatorOnly)
        {
            return $"""
                {simulator}
                To use it with a shop of your own, set MultiSafepay:ApiUrl in the shop's appsettings.json to the address of the
                REST API above, and enter the API key in the plugin's configuration as the test key.

                Ctrl+C stops.
                """;
        }

        return $"""

            Shop                     {arguments.ShopUrl}/, as in nopCommerce {ShopVersion.Name}
              Administration         {arguments.ShopUrl}/Admin
              The plugin's settings  {arguments.ShopUrl}/Admin/MultiSafepay/Configure
            {simulator}
            Try this: put something into the cart, check out, choose MultiSafepay, and on the payment page choose how the payment
            ends. Then move the order on in the simulator (refund it, charge it back, send a forged notification) and watch the
            order in the shop's administration.

            Ctrl+C stops. Nothing is kept: everything is in memory.
            """;
    }
}
