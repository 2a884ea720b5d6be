using Microsoft.Extensions.DependencyInjection;

namespace Nop.Plugin.Payments.MultiSafepay.Payments;

/// <summary>
/// A service of the current request that is created when it is used for the first time. Creating one of nopCommerce's takes longer than most of what the plugin does, because it brings
/// dozens of others with it, and most notifications change nothing.
/// </summary>
public sealed class Deferred<TService>(IServiceProvider services) where TService : notnull
{
    /// <summary>The service.</summary>
    public TService Value => services.GetRequiredService<TService>();
}
