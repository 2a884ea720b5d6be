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
    public void Every_test_named_in_the_threat_model_exists() => Assert.That(Named, Has.Count.GreaterThan(50).And.SubsetOf(TestsOf(_ => true)));

    [Test]
    public void Every_security_test_is_named_in_the_threat_model()
    {
        string[] own = [$"{nameof(ThreatModelTests)}.{nameof(Every_test_named_in_the_threat_model_exists)}", $"{nameof(ThreatModelTests)}.{nameof(Every_security_test_is_named_in_the_threat_model)}"];
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
