using System.Diagnostics;
using System.Globalization;

namespace Benchmarks.RealShop;

/// <summary>The processor time of another process: where Linux tells it, in nanoseconds for each thread (the first number of <c>schedstat</c>), and otherwise in hundredths of a second.</summary>
internal sealed class ProcessorTime
{
    private const long NanosecondsPerTick = 100;

    private readonly string _process;
    private readonly Dictionary<string, long> _threads;

    private ProcessorTime(string process, Dictionary<string, long> threads) => (_process, _threads) = (process, threads);

    /// <summary>The time until now.</summary>
    /// <param name="id">The id of the process.</param>
    /// <exception cref="RealShopException">There is no such process.</exception>
    public static ProcessorTime Of(int id)
    {
        var process = id.ToString(CultureInfo.InvariantCulture);
        return new(process, Threads(process));
    }

    /// <summary>The time since then. What a thread used that has ended in between is not known.</summary>
    public TimeSpan Since() => TimeSpan.FromTicks(Threads(_process).Sum(thread => thread.Value - _threads.GetValueOrDefault(thread.Key)) / NanosecondsPerTick);

    private static Dictionary<string, long> Threads(string process)
    {
        try
        {
            var folder = new DirectoryInfo($"/proc/{process}/task");
            if (folder.Exists)
                return folder.EnumerateDirectories().ToDictionary(thread => thread.Name, Nanoseconds);
            using var other = Process.GetProcessById(int.Parse(process, CultureInfo.InvariantCulture));
            return new() { [""] = other.TotalProcessorTime.Ticks * NanosecondsPerTick };
        }
        catch (Exception exception) when (exception is ArgumentException or DirectoryNotFoundException)
        {
            throw new RealShopException($"There is no process {process} whose processor time can be read: {exception.Message}");
        }
    }

    // Zero for a thread that has just ended.
    private static long Nanoseconds(DirectoryInfo thread)
    {
        try
        {
            return long.Parse(File.ReadAllText(Path.Combine(thread.FullName, "schedstat")).Split(' ')[0], CultureInfo.InvariantCulture);
        }
        catch (IOException)
        {
            return 0;
        }
    }
}
