using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace Nop.Plugin.Payments.MultiSafepay.Payments.Records;

/// <summary>
/// The JSON that the plugin keeps in the shop and reads again: names as in the code, enumerations by name, nulls left out. An older version may have written it, so
/// a property that is renamed needs its old name in a <see cref="JsonPropertyNameAttribute"/>, and a new one a default.
/// </summary>
internal static class StoredJson
{
    /// <summary>Reads and writes whatever is kept.</summary>
    public static JsonSerializerOptions Options { get; } = new()
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        TypeInfoResolver = new DefaultJsonTypeInfoResolver(),
        Converters = { new JsonStringEnumConverter() }
    };
}
