using System.Reflection;
using NUnit.Framework;

namespace Nop.Plugin.Payments.MultiSafepay.Tests.Packaging;

/// <summary>The plugin's version stands in several places; nopCommerce updates a plugin by it.</summary>
[TestFixture]
public class VersionTests
{
    [Test]
    public void The_version_starts_with_that_of_nopCommerce_and_ends_with_our_own_number() => Assert.That(PluginVersion.OfBuild, Does.Match(@"^4\.90\.[1-9]\d*$"));

    [Test]
    public void The_plugin_description_and_the_build_have_the_same_version() => Assert.That(PluginVersion.OfDescription, Is.EqualTo(PluginVersion.OfBuild));

    [Test]
    public void The_assembly_and_the_build_have_the_same_version()
    {
        var assembly = typeof(MultiSafepayDefaults).Assembly;
        Assert.That(assembly.GetName().Version, Is.EqualTo(Version.Parse($"{PluginVersion.OfBuild}.0")));
        Assert.That(assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion.Split('+')[0], Is.EqualTo(PluginVersion.OfBuild));
    }

    [Test]
    public void The_changelog_contains_the_version() =>
        Assert.That(File.ReadAllText(Repository.PathOf("CHANGELOG.md")), Does.Contain(PluginVersion.OfBuild));
}
