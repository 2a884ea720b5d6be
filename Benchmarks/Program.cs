using BenchmarkDotNet.Running;
using Benchmarks;
using Benchmarks.Scale;

// "scale" fills a shop with up to a million orders; everything else goes to BenchmarkDotNet, and nothing at all measures everything.
// What is measured, and what it showed: docs/benchmarks.md.
if (args is ["scale", .. var sizes])
    return await ScaleRun.RunAsync(sizes);

BenchmarkSwitcher.FromAssembly(typeof(BenchmarkSetup).Assembly).Run(args.Length == 0 ? ["--filter", "*"] : args, new BenchmarkSetup());
return 0;
