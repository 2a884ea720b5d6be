using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Text.Json;
using BenchmarkDotNet.Mathematics;
using Nop.Plugin.Payments.MultiSafepay;
using Nop.Plugin.Payments.MultiSafepay.Checkout.Methods;
using Nop.Plugin.Payments.MultiSafepay.Reconciliation;

namespace Benchmarks.RealShop;

/// <summary>
/// What the plugin costs in a real nopCommerce that runs already: the payment step, the order page in admin, a run of the scheduled task that has nothing to do, each against the same without the
/// plugin, and the start.
/// </summary>
/// <remarks>
/// Both of a pair are asked in turns, over one kept connection, and each round gives one ratio; on a busy machine the processor time of the shop's process tells more than the time.
/// </remarks>
internal static class RealShopRun
{
    private const string Time = "time";
    private const string Processor = "processor time";
    private const string CheckMoneyOrder = "Payments.CheckMoneyOrder";
    private const string Panel = "multisafepay-panel";
    private const double MostMillisecondsMore = 50;


    // nopCommerce runs a task at most once in its interval, so it gets one of two seconds for the time of the measurement.
    private const int Interval = 2;
    private const int TasksPerRound = 6;
    private static readonly TimeSpan _warmUp = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan _interval = TimeSpan.FromSeconds(Interval - 0.4);

    /// <summary>Measures and prints everything that the options ask for.</summary>
    /// <returns>The exit code: 0, or 1 if the shop was not as expected.</returns>
    public static async Task<int> RunAsync(string[] arguments)
    {
        try
        {
            var options = RealShopOptions.Parse(arguments);
            Console.WriteLine(FormattableString.Invariant($"{DateTime.UtcNow:yyyy-MM-dd HH:mm} UTC, {Environment.ProcessorCount} processors, load {Load()}"));
            var goals = await PagesAsync(options);
            if (options.Start is { } start)
                goals.Add(await StartsAsync(start, options.Starts));
            Console.WriteLine(FormattableString.Invariant($"{DateTime.UtcNow:yyyy-MM-dd HH:mm} UTC, load {Load()}"));
            Console.WriteLine();
            foreach (var (name, measured, most) in goals.SelectMany(group => group))
                Goals.Print(name, measured, most);
            return 0;
        }
        catch (Exception exception) when (exception is RealShopException or HttpRequestException or IOException or UriFormatException)
        {
            await Console.Error.WriteLineAsync(exception.Message);
            return 1;
        }
    }

    private static async Task<List<List<(string Name, double Measured, double Most)>>> PagesAsync(RealShopOptions options)
    {
        using var admin = await AdminAsync(options, options.With);
        await using var tasks = await ScheduledTasks.HastenAsync(admin, Interval, ReconciliationSchedule.Name, ScheduledTasks.Empty);
        var pairs = await PairsAsync(options, admin);
        using var client = new HttpClient(new SocketsHttpHandler
        {
            UseCookies = false,
            AllowAutoRedirect = false,
            MaxConnectionsPerServer = 1,
            AutomaticDecompression = DecompressionMethods.All,
        })
        { Timeout = TimeSpan.FromMinutes(1) };
        var figures = new Figures();

        // The runtime compiles what is used often once more; whoever is measured before that looks slower than it is.
        foreach (var pair in pairs)
        {
            for (var watch = Stopwatch.StartNew(); watch.Elapsed < _warmUp;)
                await MeasureAsync(new Figures(), client, pair, round: 0);
        }

        var asked = await AskedAsync(client, options.Simulator);
        for (var round = 0; round < options.Rounds; round++)
        {
            foreach (var pair in pairs)
                await MeasureAsync(figures, client, pair, round);
        }

        await tasks.CheckAsync();

        List<string> counted = [];
        List<List<(string, double, double)>> goals = [];
        Console.WriteLine();
        Console.WriteLine("| What | Relative to | Rounds × requests | Time | of half of the rounds | Processor time | of half of the rounds | Milliseconds, each | of processor time, each |");
        Console.WriteLine("|---|---|---:|---:|---:|---:|---:|---:|---:|");
        foreach (var pair in pairs)
        {
            var (time, processor) = (figures.Spread(pair.Case(Time, pair.With), pair.Case(Time, pair.Without)), figures.Spread(pair.Case(Processor, pair.With), pair.Case(Processor, pair.Without)));
            Console.WriteLine(FormattableString.Invariant($"| {pair.Name} | {pair.To} | {options.Rounds} × {pair.Requests} | {time} | {processor} ")
                + FormattableString.Invariant($"| {Both(figures, pair, Time)} | {Both(figures, pair, Processor)} |"));
            List<(string, double, double)> goal = [];
            foreach (var (kind, suffix) in new[] { (Time, ""), (Processor, "-processor") })
            {
                if (figures.Ratio(pair.Case(kind, pair.With), pair.Case(kind, pair.Without)) is { } ratio)
                    goal.Add(($"{pair.Goal}{suffix}", ratio, pair.Most));
            }

            if (options.DatabaseLog is not null)
            {
                var (with, without) = await CountAsync(options.DatabaseLog, client, pair);
                counted.Add(FormattableString.Invariant($"| {pair.Name} | {without.Reads} / {without.Writes} | {with.Reads} / {with.Writes} | {with.Beyond(without)} | {without.Beyond(with)} |"));
                if (pair.MostReads is { } most)
                    goal.Add(($"{pair.Goal}-reads-more", with.Reads - without.Reads, most));
            }

            goals.Add(goal);
        }

        if (counted.Count > 0)
        {
            Console.WriteLine();
            Console.WriteLine("| Reads / writes | Compared | With the plugin | What is more | What is less |");
            Console.WriteLine("|---|---:|---:|---|---|");
            counted.ForEach(Console.WriteLine);
        }

        if (await AskedAsync(client, options.Simulator) - asked is { } more)
            Console.WriteLine(FormattableString.Invariant($"\nRequests to MultiSafepay meanwhile: {more}"));
        return goals;
    }

    private static async Task<List<Pair>> PairsAsync(RealShopOptions options, ShopVisitor admin)
    {
        var (withId, withoutId) = options.Processes is { } ids ? (ids.With, ids.Without) : (0, 0);

        List<Pair> pairs = [];
        foreach (var store in options.Steps is { } steps ? [options.With, steps] : new[] { options.With })
        {
            using var payer = new ShopVisitor(store);
            using var other = new ShopVisitor(store);
            var checkout = new Checkout(payer);
            var (payment, choices) = await checkout.ToPaymentAsync(options.Product, MultiSafepayDefaults.SystemName, CustomerFields.MethodField, null);
            var (check, _) = await new Checkout(other).ToPaymentAsync(options.Product, CheckMoneyOrder, null, CustomerFields.MethodField);
            var (name, goal) = checkout.IsOnePage ? ("one page", "real-payment-one-page") : ("steps", "real-payment-steps");
            name = FormattableString.Invariant($"payment step with {choices} methods, checkout in {name}");
            pairs.Add(new(name, goal, "Check / Money Order", options.Requests, 1.3, new(payment, withId), new(check, withId)) { MostReads = 0 });
        }

        using var adminWithout = await AdminAsync(options, options.Without);
        var order = $"Admin/Order/Edit/{options.Order}";
        return
        [
            .. pairs,
            new("order page", "real-order-page", "without the plugin", options.Requests, 1.1,
                new(admin.Request(HttpMethod.Get, order, null, HttpStatusCode.OK, Panel, null), withId),
                new(adminWithout.Request(HttpMethod.Get, order, null, HttpStatusCode.OK, null, Panel), withoutId)),
            new("task with nothing to do", "real-task", ScheduledTasks.Empty, TasksPerRound, 3,
                new(Run(typeof(ReconciliationTask).FullName!), withId), new(Run(ScheduledTasks.EmptyType), withId)) { Pause = _interval },
        ];

        // As the shop's own timer asks for it.
        ShopRequest Run(string type) => new(options.With, HttpMethod.Post, "scheduletask/runtask", string.Empty, $"taskType={Uri.EscapeDataString(type)}", HttpStatusCode.NoContent, null, null);
    }

    private static async Task<ShopVisitor> AdminAsync(RealShopOptions options, Uri shop)
    {
        var admin = new ShopVisitor(shop);
        await admin.SubmitAsync(ShopVisitor.FormWith(await admin.OpenAsync("login"), "Password"), new() { ["Email"] = options.Admin, ["Password"] = options.Password });
        var page = await admin.OpenAsync("Admin/ScheduleTask/List");
        return page.BaseUri.EndsWith("Admin/ScheduleTask/List", StringComparison.OrdinalIgnoreCase) ? admin : throw new RealShopException($"{options.Admin} could not sign in at {shop}.");
    }

    // Both in turns: all requests of one and then of the other, or one of each after a pause.
    private static async Task MeasureAsync(Figures figures, HttpClient client, Pair pair, int round)
    {
        Side[] sides = round % 2 == 0 ? [pair.With, pair.Without] : [pair.Without, pair.With];
        var (chunks, requests) = pair.Pause > TimeSpan.Zero ? (pair.Requests, 1) : (1, pair.Requests);
        for (var chunk = 0; chunk < chunks; chunk++)
        {
            await Task.Delay(pair.Pause);
            foreach (var side in sides)
            {
                var processor = side.Process == 0 ? null : ProcessorTime.Of(side.Process);
                var started = Stopwatch.GetTimestamp();
                for (var i = 0; i < requests; i++)
                    await side.Request.SendAsync(client);
                figures.Add(pair.Case(Time, side), round, Stopwatch.GetElapsedTime(started).TotalMicroseconds / pair.Requests);
                if (processor is not null)
                    figures.Add(pair.Case(Processor, side), round, processor.Since().TotalMicroseconds / pair.Requests);
            }
        }
    }

    // Of three single requests each that with the fewest: the shop's own tasks may read something in between.
    private static async Task<(Statements With, Statements Without)> CountAsync(string path, HttpClient client, Pair pair)
    {
        var log = new DatabaseLog(path);
        return (await CountAsync(pair.With), await CountAsync(pair.Without));

        async Task<Statements> CountAsync(Side side)
        {
            List<Statements> counted = [];
            for (var i = 0; i < 3; i++)
            {
                await Task.Delay(pair.Pause);
                counted.Add(await log.CountAsync(() => side.Request.SendAsync(client)));
            }

            return counted.MinBy(statements => statements.All.Count) is { All.Count: > 0 } least ? least : throw new RealShopException($"{path} says nothing of {pair.Name}.");
        }
    }

    private static async Task<List<(string Name, double Measured, double Most)>> StartsAsync((string With, string Without, Uri Url) start, int starts)
    {
        var (with, without) = (new ShopStart(start.With, start.Url), new ShopStart(start.Without, start.Url));
        List<(TimeSpan Time, TimeSpan Processor)> first = [], second = [];

        // Once each before anything is noted, for what the system keeps of the files.
        await with.MeasureAsync();
        await without.MeasureAsync();
        for (var i = 0; i < starts; i++)
        {
            if (i % 2 == 0)
                first.Add(await with.MeasureAsync());
            second.Add(await without.MeasureAsync());
            if (i % 2 > 0)
                first.Add(await with.MeasureAsync());
        }

        Console.WriteLine();
        Console.WriteLine("| Start until the first page, in pairs | Without, median ms | With the plugin, median ms | More, median ms | of half of the pairs | Pairs |");
        Console.WriteLine("|---|---:|---:|---:|---:|---:|");
        var time = Print(Time, one => one.Time);
        var processor = Print(Processor, one => one.Processor);
        return [("real-start-ms-more", time, MostMillisecondsMore), ("real-start-ms-more-processor", processor, MostMillisecondsMore)];

        double Print(string kind, Func<(TimeSpan Time, TimeSpan Processor), TimeSpan> of)
        {
            var more = new Statistics(first.Zip(second, (a, b) => (of(a) - of(b)).TotalMilliseconds));
            var (mine, theirs) = (new Statistics(first.Select(one => of(one).TotalMilliseconds)), new Statistics(second.Select(one => of(one).TotalMilliseconds)));
            Console.WriteLine(FormattableString.Invariant($"| {kind} | {theirs.Median:0} | {mine.Median:0} | {more.Median:0} | {more.Q1:0} to {more.Q3:0} | {starts} |"));
            return more.Median;
        }
    }

    private static async Task<int?> AskedAsync(HttpClient client, Uri? simulator)
    {
        if (simulator is null)
            return null;
        using var requests = JsonDocument.Parse(await client.GetStringAsync(new Uri(simulator, "simulator/requests")));
        return requests.RootElement.GetArrayLength();
    }

    private static string Load() => File.Exists("/proc/loadavg") ? string.Join(' ', File.ReadAllText("/proc/loadavg").Split(' ').Take(3)) : "unknown";

    private static string Both(Figures figures, Pair pair, string kind) => figures.Median(pair.Case(kind, pair.With)) is { } with && figures.Median(pair.Case(kind, pair.Without)) is { } without
        ? string.Create(CultureInfo.InvariantCulture, $"{with / 1000:0.00} / {without / 1000:0.00}")
        : "";

    /// <summary>One of the two that are compared.</summary>
    /// <param name="Request">What is asked.</param>
    /// <param name="Process">The shop's process; 0 if it is not known.</param>
    private sealed record Side(ShopRequest Request, int Process);

    /// <summary>Two that are compared.</summary>
    /// <param name="Name">What is measured.</param>
    /// <param name="Goal">The name of its goal.</param>
    /// <param name="To">What it is compared with.</param>
    /// <param name="Requests">The requests of each in a round.</param>
    /// <param name="Most">The largest ratio.</param>
    /// <param name="With">With the plugin.</param>
    /// <param name="Without">What it is compared with.</param>
    private sealed record Pair(string Name, string Goal, string To, int Requests, double Most, Side With, Side Without)
    {
        /// <summary>How many reads more there may be; null for any number.</summary>
        public int? MostReads { get; init; }

        /// <summary>The time before each request.</summary>
        public TimeSpan Pause { get; init; }

        public Case Case(string kind, Side side) => new(Name, $"{kind}, {(side == With ? "with" : To)}");
    }
}
