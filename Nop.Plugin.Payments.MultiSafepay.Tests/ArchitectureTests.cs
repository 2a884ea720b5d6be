using System.Reflection;
using ArchUnitNET.Domain;
using ArchUnitNET.Domain.Extensions;
using ArchUnitNET.Loader;
using NUnit.Framework;

namespace Nop.Plugin.Payments.MultiSafepay.Tests;

/// <summary>The rooms of the plugin lie one above the other, as docs/architecture.md draws them: read from the compiled types, the bodies of their methods included.</summary>
[TestFixture]
internal sealed class ArchitectureTests
{
    private const string Root = "Nop.Plugin.Payments.MultiSafepay";

    // A room may use those before it. What lies in no room is the outside of the plugin: nopCommerce calls it, and the settings and names are everybody's.
    private static readonly string[] _rooms =
        ["Api", "Payments", "Synchronization", "Checkout", "AfterSales", "Reconciliation", "OrderPanel", "Configuration", "Infrastructure"];

    private static readonly System.Reflection.Assembly _assembly = typeof(MultiSafepayDefaults).Assembly;

    private static readonly Architecture _plugin = new ArchLoader().LoadAssembly(_assembly).Build();

    private static readonly IReadOnlyList<(IType From, IType To)> _uses =
    [
        .. _plugin.Types.Where(type => type.Namespace.FullName.StartsWith(Root, StringComparison.Ordinal))
            .SelectMany(type => type.GetTypeDependencies(_plugin).Where(to => to.Namespace.FullName.StartsWith(Root, StringComparison.Ordinal)).Distinct().Select(to => (type, to)))
    ];

    [Test]
    public void Every_type_lies_in_a_room_or_at_the_door() => Assert.That(
        _assembly.GetTypes().Select(type => type.Namespace).OfType<string>().Where(name => name.StartsWith(Root, StringComparison.Ordinal) && name != Root).Select(Room).Distinct(),
        Is.SubsetOf(_rooms));

    [Test]
    public void A_room_uses_only_the_rooms_above_it()
    {
        var wrong = _uses.Where(use => Room(use.From) is { } from && Room(use.To) is { } to && Array.IndexOf(_rooms, to) > Array.IndexOf(_rooms, from)).Select(Arrow);
        Assert.That(wrong, Is.Empty);
        Assert.That(_uses, Has.Count.GreaterThan(1000), "the arrows are read");
        Assert.That(_uses.Select(Arrow), Has.Member("Checkout.Starting.PaymentLinkService -> Synchronization.Synchronizer"), "bodies of asynchronous methods are read, too");
    }

    // The settings are read by the rooms at the top; through them nothing below may be reached.
    [Test]
    public void The_settings_know_only_the_kernel() => Assert.That(
        _uses.Where(use => use.From.Name is nameof(MultiSafepaySettings) or nameof(MultiSafepayDefaults) && Room(use.To) is not (null or "Api" or "Payments")).Select(Arrow), Is.Empty);

    [Test]
    public void The_API_knows_nothing_of_nopCommerce()
    {
        var api = _plugin.Types.Where(type => Room(type) == "Api").ToList();
        Assert.That(api, Has.Count.GreaterThan(20));
        Assert.That(
            api.SelectMany(type => type.Dependencies.Select(dependency => dependency.Target.FullName).Where(IsOfNopCommerce).Select(name => $"{type.FullName} -> {name}")).Distinct(),
            Is.Empty);

        static bool IsOfNopCommerce(string name) => name.StartsWith("Nop.", StringComparison.Ordinal) && !name.StartsWith($"{Root}.Api.", StringComparison.Ordinal);
    }

    [Test]
    public void The_decision_calls_no_service()
    {
        var decision = _plugin.Types.Where(type => type.FullName.StartsWith($"{Root}.Synchronization.Decision", StringComparison.Ordinal)).ToList();
        Assert.That(decision, Is.Not.Empty);
        Assert.That(
            decision.SelectMany(type => type.Dependencies.Select(dependency => dependency.Target.FullName))
                .Where(name => name.StartsWith("Nop.Services", StringComparison.Ordinal) || name is "System.DateTime" or "System.TimeProvider" or "System.Threading.Tasks.Task").Distinct(),
            Is.Empty);
    }

    [Test]
    public void No_money_is_a_floating_point_number()
    {
        const BindingFlags All = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;
        var members = _assembly.GetTypes().Where(type => type.Namespace?.StartsWith(Root, StringComparison.Ordinal) == true).SelectMany(type =>
            type.GetFields(All).Select(field => (Member: (MemberInfo)field, Type: field.FieldType)).Concat(type.GetMethods(All).SelectMany(method =>
                method.GetParameters().Select(parameter => parameter.ParameterType).Append(method.ReturnType).Select(used => (Member: (MemberInfo)method, Type: used)))));
        Assert.That(
            members.Where(member => (Nullable.GetUnderlyingType(member.Type) ?? member.Type) is { } type && (type == typeof(double) || type == typeof(float)))
                .Select(member => $"{member.Member.DeclaringType}.{member.Member.Name}"),
            Is.Empty);
    }

    // What a room shows to the others is what has to be known to work in them: it grows only on purpose.
    [TestCase("Synchronization", 12)]
    [TestCase("Checkout", 20)]
    [TestCase("AfterSales", 12)]
    [TestCase("Reconciliation", 4)]
    [TestCase("OrderPanel", 2)]
    [TestCase("Configuration", 4)]
    public void A_room_shows_few_types_to_the_others(string room, int most)
    {
        var shown = _uses.Where(use => Room(use.To) == room && Room(use.From) is { } from && from != room)
            .Select(use => use.To.FullName[(Root.Length + 1)..]).Distinct().Order(StringComparer.Ordinal).ToList();
        Assert.That(shown, Has.Count.LessThanOrEqualTo(most), string.Join(", ", shown));
    }

    private static string? Room(IType type) => Room(type.Namespace.FullName);

    private static string? Room(string name) => name.Length > Root.Length ? name[(Root.Length + 1)..].Split('.')[0] : null;

    private static string Arrow((IType From, IType To) use) => $"{use.From.FullName[(Root.Length + 1)..]} -> {use.To.FullName[(Root.Length + 1)..]}";
}
