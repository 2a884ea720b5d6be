using System.Globalization;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Nop.Plugin.Payments.MultiSafepay.Tests.Contracts;

/// <summary>Writes down what assemblies show to others: every public and protected type and member.</summary>
internal static class ApiLines
{
    private static readonly SymbolDisplayFormat _format = new(
        typeQualificationStyle: SymbolDisplayTypeQualificationStyle.NameAndContainingTypesAndNamespaces,
        genericsOptions: SymbolDisplayGenericsOptions.IncludeTypeParameters);

    public static IReadOnlyList<ApiLine> Read(IReadOnlyCollection<MetadataReference> assemblies, IEnumerable<MetadataReference> beside)
    {
        var compilation = CSharpCompilation.Create("reader", references: [.. assemblies, .. beside]);

        return [.. assemblies
            .Select(reference => (IAssemblySymbol)compilation.GetAssemblyOrModuleSymbol(reference)!)
            .SelectMany(assembly => TypesIn(assembly.GlobalNamespace).SelectMany(LinesOf))
            .OrderBy(line => line.ToString(), StringComparer.Ordinal)];
    }

    private static IEnumerable<INamedTypeSymbol> TypesIn(INamespaceOrTypeSymbol container)
        => container.GetMembers().SelectMany(member => member switch
        {
            INamespaceSymbol inner => TypesIn(inner),
            INamedTypeSymbol type when IsVisible(type) => TypesIn(type).Prepend(type),
            _ => [],
        });

    private static IEnumerable<ApiLine> LinesOf(INamedTypeSymbol type)
        => type.GetMembers()
            .Where(member => member is not INamedTypeSymbol && IsVisible(member))
            .Select(member => (Symbol: member, Text: TextOf(member)))
            .Where(member => member.Text != null)
            .Select(member => LineOf(member.Symbol, member.Text!))
            .Prepend(LineOf(type, TextOf(type)));

    private static ApiLine LineOf(ISymbol symbol, string text)
        => new(symbol.ContainingAssembly.Name, symbol.GetDocumentationCommentId()!.Replace('<', '{').Replace('>', '}'), text);

    private static bool IsVisible(ISymbol symbol)
        => symbol.DeclaredAccessibility is Accessibility.Public or Accessibility.Protected or Accessibility.ProtectedOrInternal;

    private static string TextOf(INamedTypeSymbol type)
    {
        var kind = type switch
        {
            { TypeKind: TypeKind.Interface } => "interface",
            { TypeKind: TypeKind.Enum } => "enum",
            { TypeKind: TypeKind.Delegate } => "sealed delegate",
            { TypeKind: TypeKind.Struct } => "sealed struct",
            { IsStatic: true } => "static class",
            { IsAbstract: true } => "abstract class",
            { IsSealed: true } => "sealed class",
            _ => "class",
        };

        // What a base brings along is in the metadata of the type as well, but was never written there.
        var inherited = type.Interfaces.SelectMany(face => face.AllInterfaces).Concat(type.BaseType?.AllInterfaces ?? []).ToHashSet(SymbolEqualityComparer.Default);
        var bases = type.Interfaces.Where(face => !inherited.Contains(face)).Select(face => face.ToDisplayString(_format));

        if (type.BaseType is { SpecialType: not (SpecialType.System_Object or SpecialType.System_ValueType) } parent)
            bases = bases.Prepend(parent.ToDisplayString(_format));

        return $"{Accessor(type)}{kind} : {string.Join(", ", bases)}";
    }

    private static string? TextOf(ISymbol member) => member switch
    {
        IMethodSymbol { MethodKind: MethodKind.Constructor } => Accessor(member) + "ctor",
        IMethodSymbol { AssociatedSymbol: null, MethodKind: MethodKind.Ordinary or MethodKind.UserDefinedOperator or MethodKind.Conversion or MethodKind.DelegateInvoke } method
            => $"{Modifiers(member)}{Display(method.ReturnType)} ({string.Join(", ", method.Parameters.Select(TextOf))})",
        IPropertySymbol property => $"{Modifiers(member)}{Display(property.Type)} {{ {Shown(property.GetMethod, "get; ")}{Shown(property.SetMethod, "set; ")}}}",
        IFieldSymbol { IsConst: true } field => $"{Accessor(member)}static const {Display(field.Type)} = {Value(field.ConstantValue)}",
        IFieldSymbol field => $"{Modifiers(member)}{Display(field.Type)}",
        IEventSymbol happening => $"{Modifiers(member)}{Display(happening.Type)}",
        _ => null,
    };

    private static string TextOf(IParameterSymbol parameter)
    {
        var passing = parameter.RefKind switch { RefKind.Out => "out ", RefKind.Ref => "ref ", RefKind.None => "", _ => "in " };
        var fallback = parameter.HasExplicitDefaultValue ? $" = {Value(parameter.ExplicitDefaultValue)}" : "";

        return $"{passing}{Display(parameter.Type)} {parameter.Name}{fallback}";
    }

    private static string Modifiers(ISymbol member)
        => Accessor(member)
            + (member.IsStatic ? "static " : "")
            + (member.IsAbstract ? "abstract " : "")
            + (member.IsVirtual ? "virtual " : "")
            + (member.IsOverride ? "override " : "")
            + (member.IsSealed ? "sealed " : "");

    private static string Accessor(ISymbol symbol) => symbol.DeclaredAccessibility == Accessibility.Public ? "" : "protected ";

    private static string Shown(IMethodSymbol? accessor, string text) => accessor != null && IsVisible(accessor) ? text : "";

    private static string Display(ITypeSymbol type) => type.ToDisplayString(_format);

    private static string Value(object? value) => Convert.ToString(value ?? "null", CultureInfo.InvariantCulture)!;
}
