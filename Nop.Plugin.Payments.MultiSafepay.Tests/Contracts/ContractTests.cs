using System.Reflection;
using NUnit.Framework;

namespace Nop.Plugin.Payments.MultiSafepay.Tests.Contracts;

/// <summary>The Contracts say of nopCommerce only what is so.</summary>
[TestFixtureSource(typeof(Flavour), nameof(Flavour.Versions))]
internal sealed class ContractTests(string nopVersion)
{
    private readonly IReadOnlyList<ApiLine> _declared = Flavour.Get(nopVersion).Declared;
    private readonly RecordedApi _recorded = Flavour.Get(nopVersion).Recorded;

    /// <summary>Names, parameters and their defaults, return types, modifiers, the values of constants; all of it compiled into the plugin.</summary>
    [Test]
    public void Declared_members_match_the_recorded_API()
    {
        var wrong = _declared
            .Where(line => !line.IsType && !IsConstructorOfTagHelper(line) && _recorded.Find(line.Id) != line)
            .Select(line => $"{line}\n  recorded: {_recorded.Find(line.Id)}");

        Assert.That(wrong, Is.Empty);
    }

    [Test]
    public void Declared_types_match_the_recorded_kinds_and_base_types()
    {
        Assert.Multiple(() =>
        {
            foreach (var line in _declared.Where(line => line.IsType))
            {
                if (_recorded.Find(line.Id) is not { } recorded)
                {
                    Assert.Fail($"{line.Name} is not recorded");
                    continue;
                }

                Assert.That(line.Assembly, Is.EqualTo(recorded.Assembly), line.Name);
                Assert.That(Split(line).Kind, Is.EqualTo(Split(recorded).Kind), line.Name);
                Assert.That(Split(line).Bases, Is.SubsetOf(Split(recorded).Bases), line.Name);
                Assert.That(Split(line).BaseClass, Is.EqualTo(Split(recorded).BaseClass), line.Name);
            }
        });
    }

    /// <summary>A switch over an enum that lacks a member would look complete and not be.</summary>
    [Test]
    public void Declared_enums_are_complete()
    {
        var enums = _declared.Where(line => line.IsType && Split(line).Kind == "enum").Select(line => line.Name).ToHashSet();

        Assert.That(enums, Is.Not.Empty);
        Assert.That(
            _declared.Where(line => line.Id[0] == 'F' && enums.Contains(line.DeclaringType)),
            Is.EquivalentTo(enums.SelectMany(_recorded.MembersOf).Where(line => line.Id[0] == 'F')));
    }

    [Test]
    public void Contract_assemblies_have_the_version_of_nopCommerce()
    {
        var versions = Flavour.Get(nopVersion).Contracts.Select(path => AssemblyName.GetAssemblyName(path).Version);

        Assert.That(versions, Is.All.EqualTo(Version.Parse(nopVersion + ".0.0")));
    }

    /// <summary>Only ASP.NET Core constructs tag helpers, and ours want less than nopCommerce's.</summary>
    private static bool IsConstructorOfTagHelper(ApiLine line)
        => line.DeclaringType.StartsWith("Nop.Web.Framework.TagHelpers.", StringComparison.Ordinal) && line.Name.Contains(".#ctor", StringComparison.Ordinal);

    private static (string Kind, IReadOnlyList<string> Bases, string? BaseClass) Split(ApiLine type)
    {
        var parts = type.Text.Split(" :", 2);

        // The API was recorded without FluentMigrator's assemblies, whose types stand there without their namespace.
        var bases = SignatureText.SplitList(parts[1].Replace("FluentMigrator.", "", StringComparison.Ordinal));
        var isInterface = parts[0].EndsWith("interface", StringComparison.Ordinal);

        return (parts[0], bases, isInterface ? null : bases.FirstOrDefault(name => !LooksLikeInterface(name)));
    }

    /// <summary>The lines do not say which is the class; nopCommerce and .NET name interfaces with an I and a capital.</summary>
    private static bool LooksLikeInterface(string type)
        => type.Split('<')[0].Split('.')[^1] is ['I', >= 'A' and <= 'Z', ..];
}
