using System.Diagnostics;
using System.Reflection;
using System.Runtime.Loader;
using Nop.Core.Domain.Orders;
using Nop.Core.Domain.Payments;

namespace Benchmarks;

/// <summary>
/// A build of the benchmarks with everything that they measure: this one, or one of another checkout beside it. The other one has an assembly load context of its own, so that both are measured
/// in the same process, in turns, by the same compiler, garbage collector and thread pool.
/// </summary>
internal sealed class Build
{
    private readonly Assembly _assembly;
    private readonly AssemblyLoadContext _context;

    private Build(string name, Assembly assembly) => (Name, _assembly, _context) = (name, assembly, AssemblyLoadContext.GetLoadContext(assembly)!);

    /// <summary>This build.</summary>
    public static Build Today { get; } = new("today", typeof(Build).Assembly);

    /// <summary>Its column in the tables.</summary>
    public string Name { get; }

    /// <summary>Builds and loads the benchmarks of another checkout.</summary>
    /// <param name="checkout">Its folder.</param>
    /// <exception cref="InvalidOperationException">It does not build.</exception>
    public static async Task<Build> OfAsync(string checkout)
    {
        using var dotnet = Process.Start(new ProcessStartInfo("dotnet", ["build", "-c", "Release", Path.Combine(checkout, "Benchmarks"), "-v", "q", "-nologo", "-p:RunAnalyzers=false"]))!;
        await dotnet.WaitForExitAsync();
        if (dotnet.ExitCode != 0)
            throw new InvalidOperationException($"The benchmarks in {checkout} do not build.");

        var folder = Path.GetRelativePath(RootOf(AppContext.BaseDirectory), AppContext.BaseDirectory);
        var main = Path.GetFullPath(Path.Combine(checkout, folder, "Benchmarks.dll"));
        return new Build("then", new CheckoutContext(main).LoadFromAssemblyPath(main));
    }

    /// <summary>A class of the benchmarks; null if this build does not have it.</summary>
    public Type? Find(string name) => _assembly.GetType($"{nameof(Benchmarks)}.{name}");

    /// <summary>Runs something of this build. ASP.NET Core loads assemblies by name, and these are to be the build's own.</summary>
    public T Run<T>(Func<T> work)
    {
        using var scope = _context.EnterContextualReflection();
        return work();
    }

    /// <summary>Starts this build's shop.</summary>
    public async Task<BuildShop> StartShopAsync()
    {
        var type = Find(nameof(BenchShop))!;
        return new BuildShop(this, await Run(() => ResultAsync(type.GetMethod(nameof(BenchShop.StartAsync))!.Invoke(null, [null, null])!)));
    }

    /// <summary>The result of a task whose type this build does not know.</summary>
    public static async Task<object> ResultAsync(object task)
    {
        await (Task)task;
        return task.GetType().GetProperty(nameof(Task<>.Result))!.GetValue(task)!;
    }

    private static string RootOf(string folder)
    {
        var root = new DirectoryInfo(folder);
        while (root.Parent is { } parent && !File.Exists(Path.Combine(root.FullName, "MultiSafepay.slnx")))
            root = parent;
        return root.FullName;
    }

    private sealed class CheckoutContext(string main) : AssemblyLoadContext("then")
    {
        private readonly AssemblyDependencyResolver _resolver = new(main);

        protected override Assembly? Load(AssemblyName assemblyName) =>
            _resolver.ResolveAssemblyToPath(assemblyName) is { } path ? LoadFromAssemblyPath(path) : null;
    }
}

/// <summary>The shop of a build.</summary>
/// <param name="build">The build.</param>
/// <param name="shop">Its <see cref="BenchShop"/>.</param>
internal sealed class BuildShop(Build build, object shop) : IAsyncDisposable
{
    private object? _placed;

    /// <summary>The build.</summary>
    public Build Build => build;

    /// <summary>Its port on this machine.</summary>
    public int Port { get; } = (int)shop.GetType().GetProperty(nameof(BenchShop.Port))!.GetValue(shop)!;

    /// <summary>Puts an order into the shop that waits for its payment.</summary>
    /// <returns>The notification that it was paid.</returns>
    public async Task<byte[]> PlaceAsync()
    {
        _placed = await build.Run(() => Build.ResultAsync(shop.GetType().GetMethod(nameof(BenchShop.PlaceAsync))!.Invoke(shop, [49.95m, null])!));
        return (byte[])shop.GetType().GetMethod(nameof(BenchShop.Payment))!.Invoke(null, [_placed])!;
    }

    /// <summary>Whether the order that was placed last is paid now. Known of today's shop only.</summary>
    public async Task<bool> IsPaidAsync() =>
        (shop, _placed) is not (BenchShop ours, Order order) || (await ours.Database.FindAsync<Order>(order.Id))!.PaymentStatus == PaymentStatus.Paid;

    public ValueTask DisposeAsync() => ((IAsyncDisposable)shop).DisposeAsync();
}
