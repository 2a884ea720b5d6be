namespace Nop.Plugin.Payments.MultiSafepay.Tests.Contracts;

/// <summary>Whether the runtime will find in nopCommerce what an assembly wants from it.</summary>
internal static class BindingCheck
{
    /// <summary>A line for everything that it will not find.</summary>
    public static IReadOnlyList<string> Problems(AssemblyReferences assembly, RecordedApi recorded, IReadOnlyCollection<ApiLine> declared)
        => [.. assembly.Types().Where(IsOfNop).SelectMany(type => TypeProblems(type, recorded)),
            .. assembly.Members().Where(member => IsOfNop(member.Type)).SelectMany(member => MemberProblems(member, recorded)),
            .. assembly.Bases().Where(IsOfNop).Distinct().SelectMany(type => UnimplementedMembers(type, recorded, declared))];

    private static bool IsOfNop(UsedType type) => type.Assembly.StartsWith("Nop.", StringComparison.Ordinal);

    private static IEnumerable<string> TypeProblems(UsedType type, RecordedApi recorded)
    {
        if (recorded.Find("T:" + type.Id) is not { } line)
            yield return $"There is no type {type.Id}";
        else if (line.Assembly != type.Assembly)
            yield return $"{type.Id} is in {line.Assembly}, not in {type.Assembly}";
    }

    private static IEnumerable<string> MemberProblems(UsedMember member, RecordedApi recorded)
    {
        var (line, type) = Find(member, recorded);

        if (line == null)
            yield return $"{member.Type.Id} has no {Describe(member)}";
        else if (!member.IsField && line.IsStatic != member.IsStatic)
            yield return $"{line.Id} is {(line.IsStatic ? "" : "not ")}static";
        else if (type != null && SignatureText.ToId(type) != WithoutIndex(member.ReturnType))
            yield return $"{line.Id} is of type {type}, not {member.ReturnType}";
    }

    /// <summary>
    /// The recorded line, and the type it gives where the member has one: what a method returns, what a field or property holds.
    /// An accessor is found by its property.
    /// </summary>
    private static (ApiLine? Line, string? Type) Find(UsedMember member, RecordedApi recorded)
    {
        var owner = member.Type.Id;
        var name = member.Name.Replace('<', '{').Replace('>', '}');

        if (member.IsField)
            return Result(recorded.Find($"F:{owner}.{name}"));

        if (name == ".ctor")
            return (recorded.Find($"M:{owner}.#ctor{List(member.Parameters)}"), null);

        if (name.StartsWith("get_", StringComparison.Ordinal) && Property(member.Parameters, "get;") is { } read)
            return Result(read);

        if (name.StartsWith("set_", StringComparison.Ordinal) && Property([.. member.Parameters.SkipLast(1)], "set;") is { } written)
            return (written, SignatureText.ToId(TypeIn(written)) == WithoutIndex(member.Parameters[^1]) ? null : TypeIn(written));

        var arity = member.GenericParameters > 0 ? $"``{member.GenericParameters}" : "";
        var id = $"M:{owner}.{name}{arity}{List(member.Parameters)}";

        return Result(recorded.Find(id) ?? recorded.Find($"{id}~{member.ReturnType}"));

        ApiLine? Property(IReadOnlyList<string> parameters, string accessor)
            => recorded.Find($"P:{owner}.{name[4..]}{List(parameters)}") is { } line && line.Text.Contains(accessor, StringComparison.Ordinal) ? line : null;

        static (ApiLine?, string?) Result(ApiLine? line) => (line, line == null ? null : TypeIn(line));
    }

    /// <summary>
    /// What nopCommerce's base classes and interfaces want implemented and the Contracts do not mention. The compiler sees to it that
    /// the plugin implements all that the Contracts do mention.
    /// </summary>
    private static IEnumerable<string> UnimplementedMembers(UsedType type, RecordedApi recorded, IReadOnlyCollection<ApiLine> declared)
        => from each in recorded.WithBases(type.Id)
           from member in recorded.MembersOf(each)
           where member.IsAbstract && !declared.Contains(member)
           select $"{type.Id} wants {member.Id}, which the Contracts do not declare";

    /// <summary>The type in a line, without the modifiers before it and the accessors or parameters behind it.</summary>
    private static string TypeIn(ApiLine line)
    {
        string[] modifiers = ["protected", "static", "const", "abstract", "virtual", "override", "sealed"];
        var text = line.Text;

        while (text.IndexOf(' ', StringComparison.Ordinal) is > 0 and var space && modifiers.Contains(text[..space]))
            text = text[(space + 1)..];

        var end = line.Id[0] switch
        {
            'P' => text.LastIndexOf(" {", StringComparison.Ordinal),
            'M' => StartOfParameters(text),
            _ => text.IndexOf(" = ", StringComparison.Ordinal) is > 0 and var equals ? equals : text.Length,
        };

        return text[..end];
    }

    /// <summary>The type itself may be a tuple, so the parameters start at the first bracket outside of it that has a blank before it.</summary>
    private static int StartOfParameters(string text)
    {
        var depth = 0;

        for (var i = 0; i < text.Length; i++)
        {
            if (depth == 0 && text[i] == ' ')
                return i;
            if ("<([".Contains(text[i]))
                depth++;
            if (">)]".Contains(text[i]))
                depth--;
        }

        throw new FormatException($"No parameters in {text}");
    }

    private static string Describe(UsedMember member)
        => member.IsField ? $"field {member.Name}" : $"{member.Name}{List(member.Parameters)} returning {member.ReturnType}";

    private static string List(IReadOnlyCollection<string> parameters) => parameters.Count == 0 ? "" : $"({string.Join(',', parameters)})";

    /// <summary>A type parameter without its number, which the recorded lines do not tell.</summary>
    private static string WithoutIndex(string type) => System.Text.RegularExpressions.Regex.Replace(type, "`+[0-9]+", "`");
}
