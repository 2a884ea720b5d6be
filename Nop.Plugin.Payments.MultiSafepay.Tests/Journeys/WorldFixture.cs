using NUnit.Framework;

namespace Nop.Plugin.Payments.MultiSafepay.Tests.Journeys;

/// <summary>A world for each test, so that they may run side by side.</summary>
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
[Parallelizable(ParallelScope.All)]
internal abstract class WorldFixture
{
    protected World World { get; private set; } = null!;

    [SetUp]
    public async Task StartWorld() => World = await World.StartAsync(Configure);

    [TearDown]
    public async Task StopWorld() => await World.DisposeAsync();

    protected virtual Sandbox.Shop.ShopOptions Configure(Sandbox.Shop.ShopOptions options) => options;
}
