using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using Microsoft.Extensions.DependencyInjection;
using Nop.Services.Orders;

namespace Nop.Plugin.Payments.MultiSafepay.Tests.Scenarios;

/// <summary>
/// Knows which of nopCommerce's operations on orders a node is in the middle of. They are several writes without a transaction: what is lost when the shop dies between
/// two of them, nopCommerce loses.
/// </summary>
internal sealed class NopOperations
{
    private readonly List<string> _running = [];

    /// <summary>The outermost operation that has begun and not ended; null for none.</summary>
    public string? Current
    {
        get
        {
            lock (_running)
                return _running.FirstOrDefault();
        }
    }

    public void Begin(string name)
    {
        lock (_running)
            _running.Add(name);
    }

    public void End(string name)
    {
        lock (_running)
            _running.RemoveAt(_running.LastIndexOf(name));
    }
}

/// <summary>nopCommerce's operations, watched.</summary>
[SuppressMessage("Performance", "CA1852:Seal internal types", Justification = "A proxy is derived from it.")]
internal class WatchedOperations : DispatchProxy
{
    private IOrderProcessingService _real = null!;
    private NopOperations _operations = null!;

    /// <summary>Puts a watched service in place of the one that is registered.</summary>
    public static void Add(IServiceCollection services, NopOperations operations)
    {
        var type = services.Last(service => service.ServiceType == typeof(IOrderProcessingService)).ImplementationType!;
        services.AddScoped(type);
        services.AddScoped(provider =>
        {
            var proxy = Create<IOrderProcessingService, WatchedOperations>();
            var watched = (WatchedOperations)(object)proxy;
            (watched._real, watched._operations) = ((IOrderProcessingService)provider.GetRequiredService(type), operations);
            return proxy;
        });
    }

    protected override object? Invoke(MethodInfo? targetMethod, object?[]? args)
    {
        var name = targetMethod!.Name;
        _operations.Begin(name);
        object? result;
        try
        {
            result = targetMethod.Invoke(_real, BindingFlags.DoNotWrapExceptions, null, args, null);
        }
        catch
        {
            _operations.End(name);
            throw;
        }

        if (result is Task { IsCompleted: false } task)
            task.ContinueWith(_ => _operations.End(name), CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
        else
            _operations.End(name);
        return result;
    }
}
