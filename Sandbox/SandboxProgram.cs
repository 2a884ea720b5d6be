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
        try
        {
            await simulator.StartAsync();
        }
        catch (IOException exception)
        {
            await Console.Error.WriteLineAsync(exception.Message);
            return 1;
        }

        Console.WriteLine(Welcome(simulator, arguments));
        await simulator.WaitForShutdownAsync();
        return 0;
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
