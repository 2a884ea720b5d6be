using System.Diagnostics;
using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Nop.Core.Domain.Orders;
using Nop.Plugin.Payments.MultiSafepay.Reconciliation;

namespace Benchmarks.Scale;

/// <summary>
/// What one notification and one run of the scheduled task cost as the shop grows: a shop that sells the same all the time and gets older, and one that sells more.
/// Times are ratios to the smallest shop of the same kind; the numbers of reads and calls are exact.
/// </summary>
internal static class ScaleRun
{
    private const int Repetitions = 400;
    private const int TaskRuns = 96;
    private const int WarmUpSize = 200;
    private const int MaxRunsBefore = 2000;

    private static readonly int[] _sizes = [1_000, 10_000, 100_000, 1_000_000];

    /// <summary>Runs for the sizes that are named, or for all.</summary>
    /// <returns>0, or 2 when a size is no number.</returns>
    public static async Task<int> RunAsync(IReadOnlyList<string> named)
    {
        var sizes = new List<int>(named.Count == 0 ? _sizes : []);
        foreach (var name in named)
        {
            if (!int.TryParse(name, NumberStyles.AllowThousands, CultureInfo.InvariantCulture, out var size) || size <= 0)
            {
                await Console.Error.WriteLineAsync($"'{name}' is no number of orders. Example: scale 1000 100000");
                return 2;
            }

            sizes.Add(size);
        }

        // The first shop would be measured while its code is still being compiled.
        await MeasureAsync(Growth.Older, WarmUpSize);

        Console.WriteLine("| Shop | Orders | Looked at in a run | Notification, repeated | Its reads | Writes | New | Task run | Its reads | Calls | First task run, reads |");
        Console.WriteLine("|---|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|");
        foreach (var growth in new[] { Growth.Older, Growth.Busier })
        {
            Figures? smallest = null;
            foreach (var size in sizes)
            {
                var figures = await MeasureAsync(growth, size);
                smallest ??= figures;
                Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                    $"| {growth} | {size:N0} | {figures.LookedAt:N0} | {figures.Repeated / smallest.Repeated:0.00} | {figures.RepeatedReads} | {figures.RepeatedWrites} | "
                    + $"{figures.New / smallest.New:0.00} | {figures.Task / smallest.Task:0.00} | {figures.TaskReads:N0} | {figures.TaskCalls} | {figures.FirstTaskReads:N0} |"));
            }
        }

        return 0;
    }

    private static async Task<Figures> MeasureAsync(Growth growth, int size)
    {
        var time = new HeldClock();
        var answers = new CountingApi();
        await using var shop = await BenchShop.StartAsync(time: time, configure: services => services
            .AddHttpClient<Nop.Plugin.Payments.MultiSafepay.Api.IMultiSafepayClient, Nop.Plugin.Payments.MultiSafepay.Api.MultiSafepayClient>()
            .ConfigurePrimaryHttpMessageHandler(() => answers));
        var waiting = await ShopFiller.FillAsync(shop, growth, size, time.GetUtcNow().UtcDateTime);
        using var connection = new RawConnection(shop.Port);

        // Notifications of new payments, spread over the orders that wait for one; and one of them once more, again and again. Orders that are made for it are of an age at
        // which the task does not look at them again within the day that is measured.
        var orders = new List<Order>();
        for (var i = 0; i < Repetitions; i++)
            orders.Add(waiting.Count >= Repetitions ? waiting[i * waiting.Count / Repetitions] : await shop.PlaceAsync(createdUtc: time.GetUtcNow().UtcDateTime.AddHours(-36)));
        var requests = orders.ConvertAll(order => shop.Signed(BenchShop.Payment(order), time.GetUtcNow()));
        foreach (var request in requests.Take(Repetitions / 4))
            Send(connection, request);
        var paid = Median(requests.Skip(Repetitions / 4), request => Send(connection, request));

        var repetition = requests[^1];
        Send(connection, repetition);
        var (reads, writes) = (shop.Database.Reads, shop.Database.Writes);
        Send(connection, repetition);
        (reads, writes) = (shop.Database.Reads - reads, shop.Database.Writes - writes);
        var repeated = Median(Enumerable.Repeat(repetition, Repetitions), request => Send(connection, request));

        // The first runs after the installation take over all orders. Then the task runs as the shop's schedule has it.
        answers.Count = 0;
        var readsBefore = shop.Database.Reads;
        var report = await ReconcileAsync(shop, null);
        var firstReads = shop.Database.Reads - readsBefore;

        // What the notifications above have left to do (an invoice number to tell) is done before, so that the runs that are measured are those of every day.
        for (var run = 0; run < MaxRunsBefore && (report.StoppedEarly || report.FollowedUp > 0 || report.TakenOverFrom > 0); run++)
            report = await ReconcileAsync(shop, report);

        var runs = new List<double>();
        var (runReads, runCalls, lookedAt) = (0L, 0, 0);
        for (var run = 0; run < TaskRuns; run++)
        {
            time.Advance(TimeSpan.FromSeconds(ReconciliationSchedule.IntervalInSeconds));
            (readsBefore, answers.Count) = (shop.Database.Reads, 0);
            var started = Stopwatch.GetTimestamp();
            report = await ReconcileAsync(shop, report);
            runs.Add(Stopwatch.GetElapsedTime(started).TotalMicroseconds);
            (runReads, runCalls, lookedAt) = (runReads + shop.Database.Reads - readsBefore, runCalls + answers.Count, lookedAt + report.Open);
        }

        runs.Sort();
        return new Figures(repeated, reads, writes, paid, runs[runs.Count / 2], runReads / TaskRuns, runCalls / TaskRuns, lookedAt / TaskRuns, firstReads);
    }

    private static async Task<ReconciliationReport> ReconcileAsync(BenchShop shop, ReconciliationReport? last)
    {
        await using var scope = shop.NewScope();
        return await scope.ServiceProvider.GetRequiredService<Reconciler>().RunAsync(last, CancellationToken.None);
    }

    private static void Send(RawConnection connection, byte[] request) => connection.Send(request, 1, StatusCodes.Status200OK);

    private static double Median(IEnumerable<byte[]> requests, Action<byte[]> send)
    {
        var times = new List<double>();
        foreach (var request in requests)
        {
            var started = Stopwatch.GetTimestamp();
            send(request);
            times.Add(Stopwatch.GetElapsedTime(started).TotalMicroseconds);
        }

        times.Sort();
        return times[times.Count / 2];
    }

    private sealed record Figures(
        double Repeated, long RepeatedReads, long RepeatedWrites, double New, double Task, long TaskReads, int TaskCalls, int LookedAt, long FirstTaskReads);
}
