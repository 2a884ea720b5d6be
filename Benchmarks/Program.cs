using BenchmarkDotNet.Running;
using Benchmarks;
using Benchmarks.Scale;

// "scale" fills a shop with up to a million orders, "webhook" sends notifications; everything else goes to BenchmarkDotNet, and nothing at all measures everything but
// the large shops. What is measured, and what it showed: docs/benchmarks.md.
if (args is ["scale", .. var sizes])
    return await ScaleRun.RunAsync(sizes);

if (args is not ["webhook"])
    BenchmarkSwitcher.FromAssembly(typeof(BenchmarkSetup).Assembly).Run(args.Length == 0 ? ["--filter", "*"] : args, new BenchmarkSetup());
if (args is [] or ["webhook"])
    await WebhookRun.RunAsync();
return 0;
