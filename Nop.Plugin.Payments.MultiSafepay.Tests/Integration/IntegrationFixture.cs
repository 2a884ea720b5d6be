using NUnit.Framework;

namespace Nop.Plugin.Payments.MultiSafepay.Tests.Integration;

/// <summary>A host for each test, so that they may run side by side.</summary>
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
[Parallelizable(ParallelScope.All)]
internal abstract class IntegrationFixture
{
    protected IntegrationHost Host { get; private set; } = null!;

    [SetUp]
    public async Task StartHost() => Host = await IntegrationHost.StartAsync(Configure);

    [TearDown]
    public async Task StopHost() => await Host.DisposeAsync();

    protected virtual Sandbox.Shop.ShopOptions Configure(Sandbox.Shop.ShopOptions options) => options;
}
