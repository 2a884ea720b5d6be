using Sandbox.Shop;
using Sandbox.Simulator;

namespace Sandbox;

/// <summary>Starts the simulator, and beside it the shop, until Ctrl+C.</summary>
public static class SandboxProgram
{
    public static async Task<int> RunAsync(string[] args)
    {
        SandboxArguments arguments;
        try
        {
            arguments = SandboxArguments.Parse(args);
        }
        catch (ArgumentException exception)
        {
            await Console.Error.WriteLineAsync(exception.Message);
            await Console.Error.WriteLineAsync(SandboxArguments.Help);
            return 2;
        }

        if (arguments.ShowHelp)
        {
            Console.WriteLine(SandboxArguments.Help);
            return 0;
        }

        await using var simulator = SimulatorHost.Build(arguments.Simulator);
        await using var shop = arguments.SimulatorOnly ? null : ShopHost.Build(ShopOptionsFor(arguments));
        try
        {
            await simulator.StartAsync();
            if (shop is not null)
                await shop.StartAsync();
        }
        catch (IOException exception)
        {
            await Console.Error.WriteLineAsync(exception.Message);
            return 1;
        }

        if (shop is not null)
            Console.WriteLine(Welcome(shop));
        Console.WriteLine(Welcome(simulator, arguments));
        await simulator.WaitForShutdownAsync();
        return 0;
    }

    private static ShopOptions ShopOptionsFor(SandboxArguments arguments) => new()
    {
        Url = FormattableString.Invariant($"http://localhost:{arguments.ShopPort}"),
        ApiUrl = FormattableString.Invariant($"http://localhost:{arguments.Simulator.Port}/v1/json/"),
        ApiKey = arguments.Simulator.Sites[0].ApiKey,
        RunScheduledTasks = true,
    };

    private static string Welcome(WebApplication shop)
    {
        var url = shop.Urls.First();
        return $"""

            Shop, with the plugin installed
              Products        {url}/
              Second store    {url.Replace("localhost", "127.0.0.1", StringComparison.Ordinal)}/
              Admin           {url}/Admin
            """;
    }

    private static string Welcome(WebApplication simulator, SandboxArguments arguments)
    {
        var url = simulator.Urls.First();
        var keys = string.Join(Environment.NewLine, arguments.Simulator.Sites.Select(site => $"  API key         {site.ApiKey}  ({site}, made up)"));
        return $"""

            MultiSafepay simulator
              Overview        {url}/
              API             {url}/v1/json/
            {keys}

            Ctrl+C stops.
            """;
    }
}
