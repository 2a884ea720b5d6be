using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace Nop.Plugin.Payments.MultiSafepay.Api;

/// <summary>The JSON options of MultiSafepay's API: snake case, nulls omitted, text as UTF-8, and converters that accept a value in every JSON type in which it occurs.</summary>
internal static class ApiJson
{
    /// <summary>The options for every message of this module. Shared and read-only, so that the metadata of each type is cached once.</summary>
    public static JsonSerializerOptions Options { get; } = Frozen(new JsonSerializerOptions
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, // unsafe inside HTML only, where no request is ever written
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
