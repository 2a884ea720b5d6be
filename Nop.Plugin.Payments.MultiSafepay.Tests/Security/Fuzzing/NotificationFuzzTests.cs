using System.Diagnostics;
using CsCheck;
using NUnit.Framework;

namespace Nop.Plugin.Payments.MultiSafepay.Tests.Security.Fuzzing;

/// <summary>
/// Notifications of every kind, changed in their bodies, headers, queries, paths and signatures, most of them signed with the right key, against the sandbox's shop.
/// A sample in the ordinary suite; docs/testing.md tells how to send a million.
/// </summary>
[TestFixture]
internal sealed class NotificationFuzzTests
{
    /// <summary>The variable of the environment that says how many inputs to send.</summary>
    public const string InputsVariable = "MULTISAFEPAY_FUZZ_INPUTS";

    private const int InputsOfSample = 3_000;
    private const int InputsPerOrder = 10;
    private const int OrdersPerShop = 2_000;
    private const long MaxGrowth = 48L * 1024 * 1024;

    [Test]
    public async Task Fuzzed_notifications_never_violate_the_security_invariants()
    {
        var wanted = NumberVariable.Read(InputsVariable, InputsOfSample);
        var figures = new FuzzFigures();
        var clock = Stopwatch.StartNew();
        var levels = new List<long>();
        do
        {
            await using (var shop = await FuzzShop.StartAsync())
            {
                var run = new FuzzRun(shop, figures);
                var orders = Math.Clamp((wanted - figures.Inputs) / InputsPerOrder, 1, OrdersPerShop);
                await Task.Run(() => FuzzGen.Order.Sample(order => run.OrderAsync(order.ApiStatus, order.Inputs).GetAwaiter().GetResult(),
                    iter: orders, threads: 1, print: order => $"{order.ApiStatus}: {string.Join(Environment.NewLine, order.Inputs.AsEnumerable())}"));
            }

            levels.Add(GC.GetTotalMemory(forceFullCollection: true));
            await TestContext.Progress.WriteLineAsync(FormattableString.Invariant(
                $"{clock.Elapsed:hh\\:mm\\:ss} {figures.Inputs / clock.Elapsed.TotalSeconds:N0}/s, {levels[^1] / 1048576.0:N0} MB afterwards: {figures}"));
        }
        while (figures.Inputs < wanted);

        // What the first shop leaves behind are caches of the process. A leak would grow with every further one.
        Assert.That(levels[^1] - levels[0], Is.LessThan(MaxGrowth), $"managed memory after each shop: {string.Join(' ', levels)}");
    }
}
