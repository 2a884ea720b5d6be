using Microsoft.Extensions.DependencyInjection;
using Sandbox.Shop;
using Sandbox.Shop.Hosting;
using Sandbox.Testing;

namespace Sandbox.Tests.Shop;

/// <summary>A shop whose only payment method is <see cref="FakePayment"/>.</summary>
internal static class FakePaymentShop
{
    /// <summary>Starts one in which the method behaves as told.</summary>
    public static Task<TestShop> StartAsync(FakePaymentBehaviour behaviour, ShopOptions? options = null) => TestShop.StartAsync((options ?? new ShopOptions()) with
    {
        ApiKey = null,
        Plugins = [PluginSource.From(FakePayment.SystemName, typeof(FakePayment), typeof(FakePaymentViewComponent), typeof(EventRecorder))],
        ConfigureServices = services => services.AddSingleton(behaviour),
    });
}
