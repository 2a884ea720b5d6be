using System.Text.Json.Nodes;
using Nop.Plugin.Payments.MultiSafepay.Tests.Contracts;
using NUnit.Framework;

namespace Nop.Plugin.Payments.MultiSafepay.Tests.Samples;

/// <summary>The sample as a real shop of each version would load it.</summary>
[TestFixtureSource(typeof(Flavour), nameof(Flavour.Versions))]
internal sealed class SampleBindingTests(string nopVersion)
{
    private const string PluginName = "Nop.Plugin.Payments.MultiSafepay";

    private readonly Flavour _flavour = Flavour.Get(nopVersion);

    [Test]
    public void The_sample_binds_to_nopCommerce_and_to_the_plugin()
    {
        using var sample = new AssemblyReferences(File.OpenRead(_flavour.Sample));

        // What it uses of the plugin is no part of nopCommerce, and was compiled against the plugin of the same version.
        var problems = BindingCheck.Problems(sample, _flavour.Recorded, _flavour.Declared).Where(problem => !problem.Contains(PluginName, StringComparison.Ordinal));
        Assert.That(problems, Is.Empty);
        Assert.That(sample.Assemblies().Select(assembly => assembly.Name), Does.Contain(PluginName));
        Assert.That(sample.Assemblies().Where(assembly => assembly.Name is "Nop.Core" or "Nop.Services").Select(assembly => assembly.Version),
            Is.All.EqualTo(Version.Parse($"{nopVersion}.0.0")).And.Exactly(2).Items);
    }

    [Test]
    public void The_sample_description_names_its_DLL_and_the_required_plugin()
    {
        var description = JsonNode.Parse(File.ReadAllBytes(Repository.PathOf("samples", "OrderRequestSample", "plugin.json")))!;

        Assert.That((string?)description["FileName"], Is.EqualTo(Path.GetFileName(_flavour.Sample)));
        Assert.That(description["DependsOnSystemNames"]!.AsArray().Select(name => (string?)name), Is.EqualTo(new[] { MultiSafepayDefaults.SystemName }));
    }
}
