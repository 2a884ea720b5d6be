using System.Diagnostics;
using Sandbox.Shop;

namespace Sandbox;

/// <summary>The sandbox for another version of nopCommerce than the one that this program was compiled for: it is built, and takes this one's place until it stops.</summary>
internal static class OtherVersion
{
    /// <summary>What <c>dotnet</c> is asked to do: the same command line, by the program of the other version.</summary>
    /// <exception cref="IOException">The program does not run from the folder that it was built in, so there is nothing to build.</exception>
    public static IReadOnlyList<string> Command(SandboxArguments arguments, IReadOnlyList<string> args, string folderOfProgram)
    {
        // Sandbox/bin/<configuration>/nop<version>/<framework>/
        var folder = new DirectoryInfo(folderOfProgram);
        var configuration = folder.Parent?.Parent;
        var project = Path.Combine(configuration?.Parent?.Parent?.FullName ?? folder.FullName, "Sandbox.csproj");
        if (!File.Exists(project))
            throw new IOException($"This is the sandbox for nopCommerce {ShopVersion.Name}; there is no {project} to build the one for {arguments.NopVersion} from.");

        var option = args.ToList().IndexOf(SandboxArguments.NopOption);
        return
        [
            "run", "--project", project, "--configuration", configuration!.Name, $"--property:NopVersion={arguments.NopVersion}", "--",
            .. args.Where((_, index) => index != option && index != option + 1)
        ];
    }

    /// <summary>Runs the command; answers its exit code.</summary>
    public static async Task<int> RunAsync(IReadOnlyList<string> command)
    {
        // The other program hears Ctrl+C as well, and stops by itself.
        Console.CancelKeyPress += (_, pressed) => pressed.Cancel = true;
        using var other = Process.Start(Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet", command);
        await other.WaitForExitAsync();
        return other.ExitCode;
    }
}
