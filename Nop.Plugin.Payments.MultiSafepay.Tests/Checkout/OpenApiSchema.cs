using System.Globalization;
using System.Text;
using System.Text.Json;
using YamlDotNet.RepresentationModel;

namespace Nop.Plugin.Payments.MultiSafepay.Tests.Checkout;

/// <summary>
/// Checks JSON against a schema of MultiSafepay's OpenAPI description: types, lengths, ranges, enumerations, required fields, and the references between the
/// files. Keywords beside a reference count as well.
/// </summary>
internal sealed class OpenApiSchema
{
    private static readonly Dictionary<string, YamlMappingNode> _files = [];

    // What only describes, or belongs to the description's editor.
    private static readonly HashSet<string> _silent = ["title", "description", "example", "default", "x-hidden"];

    private readonly List<string> _problems = [];

    /// <summary>The problems of a document; empty when it is valid.</summary>
    /// <param name="json">The document.</param>
    /// <param name="schema">The schema's file, such as <c>orders/Banking.yaml</c>.</param>
    public static IReadOnlyList<string> Check(ReadOnlyMemory<byte> json, string schema)
    {
        using var document = JsonDocument.Parse(json);
        var check = new OpenApiSchema();
        check.Check(document.RootElement, Load(schema), schema, "$");
        return check._problems;
    }

    /// <summary>Every limit of a schema: the path of the field with dots and <c>[]</c> for the elements of a list, the keyword, and its value (a required member by its name).</summary>
    /// <param name="schema">The schema's file, such as <c>orders/Banking.yaml</c>.</param>
    public static IEnumerable<(string Path, string Keyword, string Value)> Limits(string schema) => Limits(Load(schema), schema, string.Empty).Distinct();

    private static IEnumerable<(string Path, string Keyword, string Value)> Limits(YamlMappingNode schema, string file, string path)
    {
        foreach (var (key, node) in schema.Children)
        {
            switch (Text(key))
            {
                case "$ref":
                    var target = Path.GetRelativePath(".", Path.Combine(Path.GetDirectoryName(file)!, Text(node))).Replace('\\', '/');
                    foreach (var limit in Limits(Load(target), target, path))
                        yield return limit;
                    break;
                case "allOf":
                    foreach (var limit in ((YamlSequenceNode)node).SelectMany(part => Limits((YamlMappingNode)part, file, path)))
                        yield return limit;
                    break;
                case "properties":
                    foreach (var limit in ((YamlMappingNode)node).Children.SelectMany(property =>
                        Limits((YamlMappingNode)property.Value, file, path.Length == 0 ? Text(property.Key) : $"{path}.{Text(property.Key)}")))
                        yield return limit;
                    break;
                case "items" when node is YamlMappingNode items:
                    foreach (var limit in Limits(items, file, $"{path}[]"))
                        yield return limit;
                    break;
                case "required":
                    foreach (var name in (YamlSequenceNode)node)
                        yield return (path, "required", Text(name));
                    break;
                case "enum" or "minLength" or "maxLength" or "minimum" or "maximum" or "format":
                    yield return (path, Text(key), node is YamlScalarNode ? Text(node) : string.Empty);
                    break;
            }
        }
    }

    private void Check(JsonElement value, YamlMappingNode schema, string file, string path)
    {
        foreach (var (key, node) in schema.Children)
        {
            switch (((YamlScalarNode)key).Value)
            {
                case "$ref":
                    var target = Path.GetRelativePath(".", Path.Combine(Path.GetDirectoryName(file)!, Text(node))).Replace('\\', '/');
                    Check(value, Load(target), target, path);
                    break;
                case "allOf":
                    foreach (var part in (YamlSequenceNode)node)
                        Check(value, (YamlMappingNode)part, file, path);
                    break;
                case "type":
                    Expect(IsOfType(value, Text(node)), path, $"is no {Text(node)}");
                    break;
                case "enum":
                    Expect(((YamlSequenceNode)node).Any(allowed => Text(allowed) == value.ToString()), path, $"is none of the allowed values: {value}");
                    break;
                case "minLength":
                    Expect(value.ValueKind != JsonValueKind.String || Length(value) >= Number(node), path, $"is shorter than {Text(node)}: {value}");
                    break;
                case "maxLength":
                    Expect(value.ValueKind != JsonValueKind.String || Length(value) <= Number(node), path, $"is longer than {Text(node)}: {value}");
                    break;
                case "minimum":
                    Expect(value.ValueKind != JsonValueKind.Number || value.GetDecimal() >= Number(node), path, $"is below {Text(node)}: {value}");
                    break;
                case "maximum":
                    Expect(value.ValueKind != JsonValueKind.Number || value.GetDecimal() <= Number(node), path, $"is above {Text(node)}: {value}");
                    break;
                case "format":
                    Expect(IsOfFormat(value, Text(node)), path, $"is no {Text(node)}: {value}");
                    break;
                case "required":
                    foreach (var name in (YamlSequenceNode)node)
                        Expect(value.ValueKind != JsonValueKind.Object || value.TryGetProperty(Text(name), out _), $"{path}.{Text(name)}", "is required");
                    break;
                case "properties":
                    foreach (var (name, property) in ((YamlMappingNode)node).Children)
                    {
                        if (value.ValueKind == JsonValueKind.Object && value.TryGetProperty(Text(name), out var member))
                            Check(member, (YamlMappingNode)property, file, $"{path}.{Text(name)}");
                    }

                    break;
                case "items" when node is YamlMappingNode items:
                    if (value.ValueKind == JsonValueKind.Array)
                    {
                        foreach (var (element, index) in value.EnumerateArray().Select((element, index) => (element, index)))
                            Check(element, items, file, $"{path}[{index}]");
                    }

                    break;
                case { } silent when _silent.Contains(silent):
                    break;
                case var unknown:
                    throw new NotSupportedException($"{file} uses the keyword {unknown}, which this checker does not know.");
            }
        }
    }

    private void Expect(bool valid, string path, string problem)
    {
        if (!valid)
            _problems.Add($"{path} {problem}");
    }

    private static bool IsOfType(JsonElement value, string type) => type switch
    {
        "object" => value.ValueKind == JsonValueKind.Object,
        "array" => value.ValueKind == JsonValueKind.Array,
        "string" => value.ValueKind == JsonValueKind.String,
        "boolean" => value.ValueKind is JsonValueKind.True or JsonValueKind.False,
        "integer" => value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out _),
        "number" => value.ValueKind == JsonValueKind.Number,
        _ => throw new NotSupportedException($"The type {type} is unknown.")
    };

    private static bool IsOfFormat(JsonElement value, string format)
    {
        var text = value.ValueKind == JsonValueKind.String ? value.GetString()! : string.Empty;
        return format switch
        {
            "country alpha-2" => text.Length == 2 && text.All(char.IsAsciiLetterUpper),
            "ISO-4217 currency code" => text.Length == 3 && text.All(char.IsAsciiLetterUpper),
            "url" or "URL" => Uri.TryCreate(text, UriKind.Absolute, out _),
            "email" => System.Net.Mail.MailAddress.TryCreate(text, out _),
            "yyyy-MM-dd" or "yyyy-mm-dd" => DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out _),
            "IP address" or "IPv4" => System.Net.IPAddress.TryParse(text, out _), // an IPv6 customer has no other address to give
            "float" => value.ValueKind == JsonValueKind.Number,
            "ab_CD with ISO 639 language codes and ISO 3166 country codes" => true, // enumerated beside it
            _ => throw new NotSupportedException($"The format {format} is unknown.")
        };
    }

    private static int Length(JsonElement value) => value.GetString()!.EnumerateRunes().Count();

    private static decimal Number(YamlNode node) => decimal.Parse(Text(node), CultureInfo.InvariantCulture);

    private static string Text(YamlNode node) => ((YamlScalarNode)node).Value!;

    private static YamlMappingNode Load(string file)
    {
        lock (_files)
        {
            if (_files.TryGetValue(file, out var known))
                return known;

            using var reader = new StreamReader(Path.Combine(AppContext.BaseDirectory, "Checkout", "TestData", "openapi", file), Encoding.UTF8);
            var yaml = new YamlStream();
            yaml.Load(reader);
            return _files[file] = (YamlMappingNode)yaml.Documents[0].RootNode;
        }
    }
}
