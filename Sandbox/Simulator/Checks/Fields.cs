using System.Globalization;
using System.Text.Json;

namespace Sandbox.Simulator.Checks;

/// <summary>Reads fields of a request the way a tolerant PHP server does: null and "" count as absent, numbers may come as strings.</summary>
public static class Fields
{
    public static JsonElement Section(JsonElement parent, string name) =>
        parent.ValueKind == JsonValueKind.Object && parent.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Object ? value : default;

    public static IReadOnlyList<JsonElement> Array(JsonElement parent, string name) =>
        parent.ValueKind == JsonValueKind.Object && parent.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Array
            ? [.. value.EnumerateArray()]
            : [];

    public static bool Has(JsonElement parent, string name) =>
        parent.ValueKind == JsonValueKind.Object
        && parent.TryGetProperty(name, out var value)
        && value.ValueKind is not (JsonValueKind.Null or JsonValueKind.Undefined)
        && !(value.ValueKind == JsonValueKind.String && value.GetString()!.Length == 0);

    /// <summary>The text of a string or number; null when the field is absent, empty or of another kind.</summary>
    public static string? Text(JsonElement parent, string name) =>
        !Has(parent, name) ? null : parent.GetProperty(name) switch
        {
            { ValueKind: JsonValueKind.String } value => value.GetString(),
            { ValueKind: JsonValueKind.Number } value => value.GetRawText(),
            _ => null,
        };

    /// <summary>The texts at a path, as <see cref="FieldRule.Path"/> has it; empty where nothing is.</summary>
    public static IEnumerable<string> At(JsonElement parent, string path)
    {
        var (parents, name) = Follow(parent, path);
        return parents.Select(section => Text(section, name)).OfType<string>();
    }

    /// <summary>Whether a member is there, even if it is empty.</summary>
    public static bool IsThere(JsonElement parent, string path)
    {
        var (parents, name) = Follow(parent, path);
        return parents.Any(section => section.ValueKind == JsonValueKind.Object && section.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null);
    }

    /// <summary>Whether a part is there and has members.</summary>
    public static bool IsFilled(JsonElement parent, string path)
    {
        var (parents, name) = Follow(parent, path);
        return parents.Any(section => Section(section, name) is { ValueKind: JsonValueKind.Object } part && part.EnumerateObject().Any());
    }

    /// <summary>A whole number, as a JSON number without fraction or a string of digits.</summary>
    public static bool TryWhole(JsonElement parent, string name, out long value)
    {
        value = 0;
        return Has(parent, name) && parent.GetProperty(name) switch
        {
            { ValueKind: JsonValueKind.Number } number => number.TryGetInt64(out value),
            { ValueKind: JsonValueKind.String } text => long.TryParse(text.GetString(), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out value),
            _ => false,
        };
    }

    public static bool TryDecimal(JsonElement parent, string name, out decimal value)
    {
        value = 0;
        return Has(parent, name) && parent.GetProperty(name) switch
        {
            { ValueKind: JsonValueKind.Number } number => number.TryGetDecimal(out value),
            { ValueKind: JsonValueKind.String } text => decimal.TryParse(
                text.GetString(), NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out value),
            _ => false,
        };
    }

    public static bool IsTrue(JsonElement parent, string name) =>
        Has(parent, name) && parent.GetProperty(name) switch
        {
            { ValueKind: JsonValueKind.True } => true,
            { ValueKind: JsonValueKind.String } text => text.GetString() is "true" or "1",
            { ValueKind: JsonValueKind.Number } number => number.TryGetInt64(out var value) && value == 1,
            _ => false,
        };

    private static (IEnumerable<JsonElement> Parents, string Name) Follow(JsonElement parent, string path)
    {
        var steps = path.Split('.');
        IEnumerable<JsonElement> parents = [parent];
        foreach (var step in steps[..^1])
            parents = step.EndsWith("[]", StringComparison.Ordinal) ? parents.SelectMany(section => Array(section, step[..^2])) : parents.Select(section => Section(section, step));
        return (parents, steps[^1]);
    }
}
