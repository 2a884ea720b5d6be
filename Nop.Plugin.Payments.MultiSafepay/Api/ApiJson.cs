using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace Nop.Plugin.Payments.MultiSafepay.Api;

/// <summary>The JSON of MultiSafepay's API: snake case, nulls left out, and readers that take a value in every type it has been seen in.</summary>
internal static class ApiJson
{
    /// <summary>Reads and writes every message of this room. Shared and frozen: what is learned of a type is kept with the options.</summary>
    public static JsonSerializerOptions Options { get; } = Frozen(new JsonSerializerOptions
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        TypeInfoResolver = new DefaultJsonTypeInfoResolver(),
        Converters =
        {
            new TolerantStringConverter(),
            new TolerantLongConverter(),
            new TolerantIntConverter(),
            new TolerantDecimalConverter(),
            new TolerantNullableDecimalConverter(),
            new TolerantBooleanConverter(),
            new TolerantNullableBooleanConverter()
        }
    });

    private static JsonSerializerOptions Frozen(JsonSerializerOptions options)
    {
        options.MakeReadOnly();
        return options;
    }
}
