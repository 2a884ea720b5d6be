using System.Reflection;
using NUnit.Framework;
using Sandbox.Shop;
using Sandbox.Simulator;

namespace Sandbox.Tests;

/// <summary>Which assemblies of this repository the sandbox and its tests reference: docs/architecture.md, "The sandbox".</summary>
[TestFixture]
internal sealed class DependencyTests
{
    [Test]
    public void The_simulator_uses_neither_the_plugin_nor_nopCommerce() => Assert.That(OursUsedBy(typeof(SimulatorHost).Assembly), Is.Empty);

    [Test]
    public void The_shop_uses_the_plugin_and_not_the_simulator() => Assert.That(OursUsedBy(typeof(ShopHost).Assembly), Has.Member("Nop.Plugin.Payments.MultiSafepay").And.None.StartsWith("Sandbox"));

    [Test]
    public void The_tests_of_the_sandbox_do_not_use_the_plugin() => Assert.That(
        OursUsedBy(Assembly.GetExecutingAssembly()).Concat(OursUsedBy(typeof(Testing.TestShop).Assembly)),
        Has.Member("Sandbox.Shop").And.None.StartsWith("Nop.Plugin"));

    private static IEnumerable<string> OursUsedBy(Assembly assembly) => assembly.GetReferencedAssemblies().Select(reference => reference.Name!)
        .Where(name => name.StartsWith("Nop.", StringComparison.Ordinal) || name.StartsWith("Sandbox", StringComparison.Ordinal));
}
