using System.Reflection;
using NUnit.Framework;
using Sandbox.Shop;
using Sandbox.Simulator;

namespace Sandbox.Tests;

/// <summary>Shop and simulator know nothing of each other, and the simulator nothing of what it is to check: read from the references of the compiled assemblies.</summary>
[TestFixture]
internal sealed class DependencyTests
{
    [Test]
    public void Simulator_KnowsNothingOfOurs() => Assert.That(OursUsedBy(typeof(SimulatorHost).Assembly), Is.Empty);

    [Test]
    public void Shop_KnowsThePluginAndNopCommerceOnly() => Assert.That(OursUsedBy(typeof(ShopHost).Assembly), Has.Member("Nop.Plugin.Payments.MultiSafepay").And.None.StartsWith("Sandbox"));

    // What the plugin does is for the plugin's own tests to say.
    [Test]
    public void Tests_KnowNothingOfThePlugin() => Assert.That(
        OursUsedBy(Assembly.GetExecutingAssembly()).Concat(OursUsedBy(typeof(Testing.TestShop).Assembly)),
        Has.Member("Sandbox.Shop").And.None.StartsWith("Nop.Plugin"));

    private static IEnumerable<string> OursUsedBy(Assembly assembly) => assembly.GetReferencedAssemblies().Select(reference => reference.Name!)
        .Where(name => name.StartsWith("Nop.", StringComparison.Ordinal) || name.StartsWith("Sandbox", StringComparison.Ordinal));
}
