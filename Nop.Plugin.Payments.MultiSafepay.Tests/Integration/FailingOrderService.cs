using System.Reflection;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Nop.Services.Orders;

namespace Nop.Plugin.Payments.MultiSafepay.Tests.Integration;

/// <summary>Passes calls on, or throws what a database throws.</summary>
public class FailingOrderService : DispatchProxy
{
    private IOrderService _own = null!;
    private Predicate<string> _isDown = null!;

    /// <summary>Puts it before the shop's own service; asked with the name of each method that is called.</summary>
    public static void Add(IServiceCollection services, Predicate<string> isDown)
    {
        var own = services.Last(service => service.ServiceType == typeof(IOrderService)).ImplementationType!;
        services.Replace(ServiceDescriptor.Scoped(provider =>
        {
            var proxy = Create<IOrderService, FailingOrderService>();
            ((FailingOrderService)(object)proxy)._own = (IOrderService)ActivatorUtilities.CreateInstance(provider, own);
            ((FailingOrderService)(object)proxy)._isDown = isDown;
            return proxy;
        }));
    }

    protected override object? Invoke(MethodInfo? targetMethod, object?[]? args) =>
        _isDown(targetMethod!.Name) ? throw new TimeoutException("The database does not answer.") : targetMethod.Invoke(_own, args);
}
