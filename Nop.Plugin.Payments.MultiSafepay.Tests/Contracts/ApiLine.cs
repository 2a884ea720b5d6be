namespace Nop.Plugin.Payments.MultiSafepay.Tests.Contracts;

/// <summary>
/// One type or member: its assembly, its documentation id, and its modifiers and type in words. The recorded files hold one such line each.
/// </summary>
internal sealed record ApiLine(string Assembly, string Id, string Text)
{
    public bool IsType => Id.StartsWith("T:", StringComparison.Ordinal);

    public bool IsAbstract => !IsType && Text.Split(' ').Contains("abstract");

    public bool IsStatic => Text.Split(' ').Contains("static");

    /// <summary>The id of the member without the kind, or of the type itself.</summary>
    public string Name => Id[2..];

    /// <summary>The id, without the kind, of the type that declares the member; for a type its namespace or the type around it.</summary>
    public string DeclaringType
    {
        get
        {
            var name = Name.Split('(')[0];
            return name[..name.LastIndexOf('.')];
        }
    }

    public static ApiLine Parse(string line)
    {
        var parts = line.Split('|', 3);
        return new ApiLine(parts[0], parts[1], parts[2]);
    }

    public override string ToString() => $"{Assembly}|{Id}|{Text}";
}
