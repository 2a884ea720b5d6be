using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Runspaces;
using NUnit.Framework;

namespace Nop.Plugin.Payments.MultiSafepay.Tests.Packaging;

/// <summary>Runs build.ps1 in a PowerShell engine with nothing but its core commands, as the oldest and barest PowerShell would.</summary>
internal static class BuildScript
{
    /// <summary>How long a build may take on a slow and busy machine.</summary>
    private static readonly TimeSpan _timeout = TimeSpan.FromMinutes(10);

    /// <summary>Runs the script.</summary>
    /// <param name="folder">The folder with the script.</param>
    /// <param name="parameters">The parameters, by name.</param>
    /// <param name="environment">Environment variables for the script and what it starts; they are the whole process's while it runs.</param>
    /// <returns>What the script returns.</returns>
    /// <exception cref="RuntimeException">What the script throws, a parameter that it refuses included.</exception>
    public static IReadOnlyList<object> Run(string folder, Hashtable parameters, IReadOnlyDictionary<string, string>? environment = null)
    {
        var before = environment?.Keys.ToDictionary(name => name, Environment.GetEnvironmentVariable) ?? [];
        foreach (var (name, value) in environment ?? new Dictionary<string, string>())
            Environment.SetEnvironmentVariable(name, value);
        try
        {
            using var runspace = RunspaceFactory.CreateRunspace(InitialSessionState.CreateDefault2());
            runspace.Open();
            using var shell = PowerShell.Create(runspace);
            shell.AddCommand(Path.Combine(folder, "build.ps1")).AddParameters(parameters);

            var output = new PSDataCollection<PSObject>();
            var running = shell.BeginInvoke<PSObject, PSObject>(null, output);
            if (!running.AsyncWaitHandle.WaitOne(_timeout))
            {
                shell.Stop();
                Assert.Fail($"build.ps1 did not end within {_timeout}.");
            }

            shell.EndInvoke(running);
            Assert.That(shell.Streams.Error, Is.Empty);
            return [.. output.Select(item => item.BaseObject)];
        }
        finally
        {
            foreach (var (name, value) in before)
                Environment.SetEnvironmentVariable(name, value);
        }
    }
}
