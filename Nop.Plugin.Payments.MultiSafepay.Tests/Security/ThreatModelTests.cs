using System.Text.RegularExpressions;
using NUnit.Framework;

namespace Nop.Plugin.Payments.MultiSafepay.Tests.Security;

/// <summary>The threat model names its proofs; each is there, and no attack is tried in vain.</summary>
[TestFixture]
internal sealed partial class ThreatModelTests
{
    private static readonly string _page = File.ReadAllText(Repository.PathOf("docs", "threat-model.md"));

    private static HashSet<string> Named => [.. TestName().Matches(_page).Select(match => match.Groups["name"].Value)];

    [Test]
    public void Each_test_that_is_named_is_there() => Assert.That(Named, Has.Count.GreaterThan(50).And.SubsetOf(TestsOf(_ => true)));

    [Test]
    public void Each_attack_that_is_tried_is_named()
    {
        string[] own = [$"{nameof(ThreatModelTests)}.{nameof(Each_test_that_is_named_is_there)}", $"{nameof(ThreatModelTests)}.{nameof(Each_attack_that_is_tried_is_named)}"];
        Assert.That(TestsOf(type => type.Namespace?.StartsWith(typeof(ThreatModelTests).Namespace!, StringComparison.Ordinal) == true).Except(own), Is.SubsetOf(Named));
    }

    private static IEnumerable<string> TestsOf(Predicate<Type> isMeant) => typeof(ThreatModelTests).Assembly.GetTypes()
        .Where(type => isMeant(type) && type.Name.EndsWith("Tests", StringComparison.Ordinal))
        .SelectMany(type => type.GetMethods()
            .Where(method => method.GetCustomAttributes(inherit: false).Any(attribute => attribute is NUnit.Framework.Interfaces.ITestBuilder or NUnit.Framework.Interfaces.ISimpleTestBuilder))
            .Select(method => $"{type.Name}.{method.Name}"));

    [GeneratedRegex(@"`(?<name>\w+Tests\.\w+)`")]
    private static partial Regex TestName();
}
