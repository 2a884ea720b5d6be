using System.Reflection;
using System.Text.RegularExpressions;
using ArchUnitNET.Domain;
using ArchUnitNET.Domain.Extensions;
using ArchUnitNET.Loader;
using NUnit.Framework;

namespace Nop.Plugin.Payments.MultiSafepay.Tests;

/// <summary>The modules of the plugin are layered as described in docs/architecture.md: checked on the compiled types, including the bodies of their methods.</summary>
[TestFixture]
internal sealed partial class ArchitectureTests
{
    private const string Root = "Nop.Plugin.Payments.MultiSafepay";

    // A module may use those before it. Types outside of a module are called by nopCommerce, or are settings and names that every module uses.
    private static readonly string[] _modules =
        ["Api", "Payments", "SavedCards", "Synchronization", "Checkout", "AfterSales", "Subscriptions", "Reconciliation", "OrderPanel", "Configuration", "Infrastructure"];

    private static readonly System.Reflection.Assembly _assembly = typeof(MultiSafepayDefaults).Assembly;

    private static readonly Architecture _plugin = new ArchLoader().LoadAssembly(_assembly).Build();

    private static readonly IReadOnlyList<(IType From, IType To)> _uses =
    [
        .. _plugin.Types.Where(type => type.Namespace.FullName.StartsWith(Root, StringComparison.Ordinal))
            .SelectMany(type => type.GetTypeDependencies(_plugin).Where(to => to.Namespace.FullName.StartsWith(Root, StringComparison.Ordinal)).Distinct().Select(to => (type, to)))
    ];

    [Test]
    public void Every_type_belongs_to_a_layer_or_the_root_namespace() => Assert.That(
        _assembly.GetTypes().Select(type => type.Namespace).OfType<string>().Where(name => name.StartsWith(Root, StringComparison.Ordinal) && name != Root).Select(ModuleOf).Distinct(),
        Is.SubsetOf(_modules));

    [Test]
    public void A_layer_depends_only_on_the_layers_above_it()
    {
        var wrong = _uses.Where(use => ModuleOf(use.From) is { } from && ModuleOf(use.To) is { } to && Array.IndexOf(_modules, to) > Array.IndexOf(_modules, from)).Select(Arrow);
        Assert.That(wrong, Is.Empty);
        Assert.That(_uses, Has.Count.GreaterThan(1000), "the arrows are read");
        Assert.That(_uses.Select(Arrow), Has.Member("Checkout.Starting.PaymentLinkService -> Synchronization.Synchronizer"), "bodies of asynchronous methods are read, too");
    }

    // The modules at the top read the settings, which must not depend on a module further down.
    [Test]
    public void The_settings_depend_only_on_the_API_and_payments_layers() => Assert.That(
        _uses.Where(use => use.From.Name is nameof(MultiSafepaySettings) or nameof(MultiSafepayDefaults) && ModuleOf(use.To) is not (null or "Api" or "Payments")).Select(Arrow), Is.Empty);

    [Test]
    public void The_API_layer_does_not_depend_on_nopCommerce()
    {
        var api = _plugin.Types.Where(type => ModuleOf(type) == "Api").ToList();
        Assert.That(api, Has.Count.GreaterThan(20));
        Assert.That(
            api.SelectMany(type => type.Dependencies.Select(dependency => dependency.Target.FullName).Where(IsOfNopCommerce).Select(name => $"{type.FullName} -> {name}")).Distinct(),
            Is.Empty);

        static bool IsOfNopCommerce(string name) => name.StartsWith("Nop.", StringComparison.Ordinal) && !name.StartsWith($"{Root}.Api.", StringComparison.Ordinal);
    }

    [Test]
    public void The_decision_depends_on_no_service_clock_or_task()
    {
        var decision = _plugin.Types.Where(type => type.FullName.StartsWith($"{Root}.Synchronization.Decision", StringComparison.Ordinal)).ToList();
        Assert.That(decision, Is.Not.Empty);
        Assert.That(
            decision.SelectMany(type => type.Dependencies.Select(dependency => dependency.Target.FullName))
                .Where(name => name.StartsWith("Nop.Services", StringComparison.Ordinal) || name is "System.DateTime" or "System.TimeProvider" or "System.Threading.Tasks.Task").Distinct(),
            Is.Empty);
    }

    [Test]
    public void No_member_uses_a_floating_point_type()
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

    // Newer culture data gives some currencies, such as the forint, no decimals, while ISO 4217 gives them two and MultiSafepay charges by it.
    [Test]
    public void No_amount_is_formatted_by_the_culture_data_of_a_currency() => Assert.That(
        Repository.FilesBelow("Nop.Plugin.Payments.MultiSafepay").Where(file => Path.GetExtension(file) is ".cs" or ".cshtml")
            .Where(file => CurrencyFormat().IsMatch(File.ReadAllText(file))), Is.Empty);

    [GeneratedRegex("""ToString\("[cC]\d?"|\{[^{}"]*:[cC]\d?\}|CurrencyDecimalDigits|RegionInfo""")]
    private static partial Regex CurrencyFormat();

    // The types that a module exposes to the others have to be known there, so their number grows only on purpose.
    [TestCase("Synchronization", 14)]
    [TestCase("Checkout", 30)]
    [TestCase("AfterSales", 12)]
    [TestCase("Subscriptions", 20)]
    [TestCase("Reconciliation", 5)]
    [TestCase("OrderPanel", 2)]
    [TestCase("Configuration", 4)]
    public void A_layer_exposes_few_types_to_the_others(string module, int most)
    {
        var shown = _uses.Where(use => ModuleOf(use.To) == module && ModuleOf(use.From) is { } from && from != module)
            .Select(use => use.To.FullName[(Root.Length + 1)..]).Distinct().Order(StringComparer.Ordinal).ToList();
        Assert.That(shown, Has.Count.LessThanOrEqualTo(most), string.Join(", ", shown));
    }

    private static string? ModuleOf(IType type) => ModuleOf(type.Namespace.FullName);

    private static string? ModuleOf(string name) => name.Length > Root.Length ? name[(Root.Length + 1)..].Split('.')[0] : null;

    private static string Arrow((IType From, IType To) use) => $"{use.From.FullName[(Root.Length + 1)..]} -> {use.To.FullName[(Root.Length + 1)..]}";
}
