using BenchmarkDotNet.Running;
using Benchmarks;
using Benchmarks.RealShop;
using Benchmarks.Scale;

// "scale" fills a shop with up to a million orders, "real-shop" asks a nopCommerce that runs already, "webhook" sends notifications, "operations" measures what happens in memory, and nothing
// at all means the last two; everything else goes to BenchmarkDotNet. "--against <folder>" at the end measures the benchmarks of another checkout in turns with these.
// What is measured, and what it showed: docs/benchmarks.md.
if (args is ["scale", .. var sizes])
    return await ScaleRun.RunAsync(sizes);
if (args is ["real-shop", .. var options])
    return await RealShopRun.RunAsync(options);

List<Build> builds = [Build.Today];
var what = args;
if (args is [.. var rest, "--against", var checkout])
{
    what = rest;
    builds.Add(await Build.OfAsync(checkout));
}

if (what is [] or ["operations"] or ["webhook"])
{
    var figures = new Figures();
    if (what is not ["webhook"])
        figures.Add(OperationRun.Run(builds));
    if (what is not ["operations"])
        figures.Add(await WebhookRun.RunAsync(builds));
    Console.WriteLine();
    Goals.Print(figures.Ratio);
    return 0;
}

Goals.Print(BenchmarkSwitcher.FromAssembly(typeof(BenchmarkSetup).Assembly).Run(what, new BenchmarkSetup()));
return 0;
