using System.Collections.Concurrent;
using Microsoft.AspNetCore.Mvc.Razor.Compilation;
using Microsoft.Extensions.DependencyInjection;

namespace Sandbox.Testing;

/// <summary>
/// Compiles each view once for all shops of a test run. A shop compiles its views when they are first shown, which takes a processor longer than everything else
/// that a test does, and every test has a shop of its own.
/// </summary>
public static class SharedViews
{
    // The compiler of the first shop that needs one: each would read the several hundred assemblies that views are compiled against for itself.
    private static IViewCompiler? _compiler;

    private static readonly ConcurrentDictionary<string, Lazy<Task<CompiledViewDescriptor>>> _views = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Puts itself in front of the shop's compiler.</summary>
    public static void Share(IServiceCollection services)
    {
        var own = services.Last(service => service.ServiceType == typeof(IViewCompilerProvider));
        services.Remove(own);
        services.AddSingleton<IViewCompilerProvider>(provider => new Compiler((IViewCompilerProvider)(own.ImplementationInstance
            ?? own.ImplementationFactory?.Invoke(provider)
            ?? ActivatorUtilities.CreateInstance(provider, own.ImplementationType!))));
    }

    private sealed class Compiler(IViewCompilerProvider own) : IViewCompilerProvider, IViewCompiler
    {
        public IViewCompiler GetCompiler() => this;

        public async Task<CompiledViewDescriptor> CompileAsync(string relativePath)
        {
            var compiler = LazyInitializer.EnsureInitialized(ref _compiler, own.GetCompiler);
            var view = await _views.GetOrAdd(relativePath, path => new Lazy<Task<CompiledViewDescriptor>>(() => compiler.CompileAsync(path))).Value;

            // Where there is no view now, there may be one in another shop. A view that there is outlives its shop, and watches no file of it.
            if (view.Item is null)
            {
                _views.TryRemove(relativePath, out _);
                return await own.GetCompiler().CompileAsync(relativePath);
            }

            return new CompiledViewDescriptor { Item = view.Item, RelativePath = view.RelativePath, ExpirationTokens = [] };
        }
    }
}
