using NUnit.Framework;

namespace Sandbox.Testing;

/// <summary>A simulator for each test, so that they may run side by side.</summary>
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
[Parallelizable(ParallelScope.All)]
public abstract class SimulatorFixture
{
    protected SimulatorRun Run { get; private set; } = null!;

    [SetUp]
    public async Task StartSimulator() => Run = await SimulatorRun.StartAsync(Configure);

    [TearDown]
    public async Task StopSimulator() => await Run.DisposeAsync();

    protected virtual Sandbox.Simulator.SimulatorOptions Configure(Sandbox.Simulator.SimulatorOptions options) => options;
}
