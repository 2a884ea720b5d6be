using NUnit.Framework;

namespace Nop.Plugin.Payments.MultiSafepay.Tests.Contracts;

/// <summary>
/// The Contracts declare what is used and no more: every further member of an interface is one that the sandbox must implement.
/// </summary>
[Explicit("For pruning: while the plugin grows, declarations may wait for their use")]
internal sealed class UnusedDeclarationTests
{
    private readonly IReadOnlyList<ApiLine> _declared = Flavour.Get("4.90").Declared;
    private readonly HashSet<string> _types = [];
    private readonly HashSet<(string Type, string Member)> _members = [];
    private readonly HashSet<string> _implemented = [];

    public UnusedDeclarationTests()
    {
        var flavour = Flavour.Get("4.90");

        foreach (var path in flavour.Contracts.Append(flavour.Plugin).Append(typeof(Sandbox.Shop.ShopHost).Assembly.Location))
        {
            using var user = new AssemblyReferences(File.OpenRead(path));
            _types.UnionWith(user.Types().Select(type => type.Id));
            _members.UnionWith(user.Members().Select(member => (member.Type.Id, NameOf(member.Name))));

            if (path == flavour.Plugin)
                _implemented.UnionWith(user.Bases().SelectMany(type => flavour.Recorded.WithBases(type.Id)));
        }
    }

    /// <summary>By plugin or sandbox, by another declaration, or by views, which name tag helpers and nothing else of their own.</summary>
    [Test]
    public void Every_declared_type_is_used()
    {
        var unused = _declared
            .Where(line => line.IsType && !_types.Contains(line.Name) && !IsConstant(line) && !line.Name.Contains(".TagHelpers.", StringComparison.Ordinal))
            .Select(line => line.Name)
            .Where(type => !_declared.Any(other => other.Name != type && !other.Name.StartsWith(type + ".", StringComparison.Ordinal) && Mentions(other.Text, type)));

        Assert.That(unused, Is.Empty);
    }

    [Test]
    public void Every_declared_interface_member_is_used()
    {
        var unused = _declared
            .Where(line => line.IsAbstract && !_implemented.Contains(line.DeclaringType) && !_members.Contains((line.DeclaringType, MemberOf(line))))
            .Select(line => line.Name);

        Assert.That(unused, Is.Empty);
    }

    /// <summary>Constants leave no trace in those who use them.</summary>
    private bool IsConstant(ApiLine type)
        => _declared.Any(line => line.Text.Contains(" const ", StringComparison.Ordinal) && ("." + line.Name).StartsWith("." + type.Name + ".", StringComparison.Ordinal));

    private static bool Mentions(string text, string type)
        => text.Split([' ', '<', '>', '(', ')', ',', '?', '[']).Contains(type.Split('`')[0]);

    private static string NameOf(string member)
        => member.StartsWith("get_", StringComparison.Ordinal) || member.StartsWith("set_", StringComparison.Ordinal) ? member[4..] : member;

    private static string MemberOf(ApiLine line) => line.Name.Split('(')[0][(line.DeclaringType.Length + 1)..].Split('`')[0];
}
