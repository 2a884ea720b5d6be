using System.Text.Json;
using System.Text.Json.Serialization;

namespace Nop.Plugin.Payments.MultiSafepay.Api;

/// <summary>
/// Takes anything that is no object for none: PHP writes an empty object as <c>[]</c>, and others as "". For properties, not for types.
/// </summary>
internal sealed class TolerantObjectConverter<T> : JsonConverter<T> where T : class
{
    public override T? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType == JsonTokenType.StartObject)
            return TolerantShape.ReadObject<T>(ref reader, options);

        reader.Skip();
        return null;
    }

    public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options) =>
        JsonSerializer.Serialize(writer, value, options);
}

/// <summary>
/// Takes an object where a list belongs for its only element, or, when its names are numbers, for a list as PHP writes one with gaps;
/// anything else for an empty list. Elements that are no objects are left out.
/// </summary>
internal sealed class TolerantListConverter<T> : JsonConverter<IReadOnlyList<T>> where T : class
{
    public override IReadOnlyList<T> Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.StartArray:
                return ReadElements(ref reader, JsonTokenType.EndArray, options);
            case JsonTokenType.StartObject:
                var ahead = reader;
                ahead.Read();
                if (ahead.TokenType == JsonTokenType.EndObject || IsNumber(ahead.ValueSpan))
                    return ReadElements(ref reader, JsonTokenType.EndObject, options);

                return TolerantShape.ReadObject<T>(ref reader, options) is { } only ? [only] : [];
            default:
                reader.Skip();
                return [];
        }
    }

    public override void Write(Utf8JsonWriter writer, IReadOnlyList<T> value, JsonSerializerOptions options)
    {
        writer.WriteStartArray();
        foreach (var element in value)
            JsonSerializer.Serialize(writer, element, options);

        writer.WriteEndArray();
    }

    private static List<T> ReadElements(ref Utf8JsonReader reader, JsonTokenType end, JsonSerializerOptions options)
    {
        var elements = new List<T>();
        while (reader.Read() && reader.TokenType != end)
        {
            if (reader.TokenType == JsonTokenType.PropertyName)
                continue;

            if (reader.TokenType != JsonTokenType.StartObject)
                reader.Skip();
            else if (TolerantShape.ReadObject<T>(ref reader, options) is { } element)
                elements.Add(element);
        }

        return elements;
    }

    private static bool IsNumber(ReadOnlySpan<byte> name) => !name.IsEmpty && !name.ContainsAnyExceptInRange((byte)'0', (byte)'9');
}

/// <summary>Takes a single text for a list of one, and anything that is no list for an empty one.</summary>
internal sealed class TolerantStringListConverter : JsonConverter<IReadOnlyList<string>>
{
    public override IReadOnlyList<string> Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        var texts = new List<string>();
        if (reader.TokenType == JsonTokenType.StartArray)
        {
            while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
                Add(texts, TolerantValue.ReadString(ref reader));
        }
        else
        {
            Add(texts, TolerantValue.ReadString(ref reader));
        }

        return texts;
    }

    public override void Write(Utf8JsonWriter writer, IReadOnlyList<string> value, JsonSerializerOptions options)
    {
        writer.WriteStartArray();
        foreach (var text in value)
            writer.WriteStringValue(text);

        writer.WriteEndArray();
    }

    private static void Add(List<string> texts, string? text)
    {
        if (!string.IsNullOrWhiteSpace(text))
            texts.Add(text);
    }
}

/// <summary>An order request wraps the tax tables in <c>tax_tables</c>; the order that comes back has them bare. Takes either.</summary>
internal sealed class TaxTablesConverter : JsonConverter<TaxTables>
{
    public override TaxTables? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            reader.Skip();
            return null;
        }

        var ahead = reader;
        while (ahead.Read() && ahead.TokenType == JsonTokenType.PropertyName)
        {
            var isWrapped = ahead.ValueTextEquals("tax_tables"u8);
            ahead.Read();
            if (isWrapped && ahead.TokenType == JsonTokenType.StartObject)
            {
                reader.Skip();
                return TolerantShape.ReadObject<TaxTables>(ref ahead, options);
            }

            ahead.Skip();
        }

        return TolerantShape.ReadObject<TaxTables>(ref reader, options);
    }

    public override void Write(Utf8JsonWriter writer, TaxTables value, JsonSerializerOptions options) =>
        JsonSerializer.Serialize(writer, value, options);
}

/// <summary>What the converters of objects and lists share.</summary>
internal static class TolerantShape
{
    /// <summary>Reads an object, or skips it when something in it cannot be read at all. Leaves the reader at its end.</summary>
    public static T? ReadObject<T>(ref Utf8JsonReader reader, JsonSerializerOptions options) where T : class
    {
        var attempt = reader;
        try
        {
            var value = JsonSerializer.Deserialize<T>(ref attempt, options);
            reader = attempt;
            return value;
        }
        catch (JsonException)
        {
            reader.Skip();
            return null;
        }
    }
}
