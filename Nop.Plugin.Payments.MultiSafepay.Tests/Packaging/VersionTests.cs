using System.Reflection;
using NUnit.Framework;

namespace Nop.Plugin.Payments.MultiSafepay.Tests.Packaging;

/// <summary>The plugin's version stands in several places; nopCommerce updates a plugin by it.</summary>
[TestFixture]
public class VersionTests
{
    [Test]
    public void The_version_follows_nopCommerce_and_ends_with_a_number_of_ours() => Assert.That(PluginVersion.OfBuild, Does.Match(@"^4\.90\.[1-9]\d*$"));

    [Test]
    public void The_description_and_the_build_agree() => Assert.That(PluginVersion.OfDescription, Is.EqualTo(PluginVersion.OfBuild));

    [Test]
    public void The_assembly_and_the_build_agree()
    {
        var assembly = typeof(MultiSafepayDefaults).Assembly;
        Assert.That(assembly.GetName().Version, Is.EqualTo(Version.Parse($"{PluginVersion.OfBuild}.0")));
        Assert.That(assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion.Split('+')[0], Is.EqualTo(PluginVersion.OfBuild));
    }

    [Test]
    public void The_changelog_knows_the_version() =>
        Assert.That(File.ReadAllText(Repository.PathOf("CHANGELOG.md")), Does.Contain(PluginVersion.OfBuild));
}
