using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace Nop.Plugin.Payments.MultiSafepay.Payments.Records;

/// <summary>
/// The format of the JSON that the plugin stores in the shop: property names as in the code, enumerations by name, nulls omitted. An older version may have written it, so
/// a renamed property needs its old name in a <see cref="JsonPropertyNameAttribute"/>, and a new property needs a default.
/// </summary>
internal static class StoredJson
{
    /// <summary>The options for reading and writing.</summary>
    public static JsonSerializerOptions Options { get; } = new()
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        TypeInfoResolver = new DefaultJsonTypeInfoResolver(),
        Converters = { new JsonStringEnumConverter() }
    };
}
