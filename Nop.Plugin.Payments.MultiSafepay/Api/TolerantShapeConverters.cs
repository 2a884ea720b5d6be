using System.Text.Json;
using System.Text.Json.Serialization;

namespace Nop.Plugin.Payments.MultiSafepay.Api;

/// <summary>
/// Reads anything that is not an object as null: PHP writes an empty object as <c>[]</c>, and others write "". To be set on properties, not on types.
/// </summary>
internal sealed class TolerantObjectConverter<T> : JsonConverter<T> where T : class
{
    public override T? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        TolerantShape.ReadObjectOrNull(ref reader, (ref Utf8JsonReader from) => JsonSerializer.Deserialize<T>(ref from, options));

    public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options) =>
        JsonSerializer.Serialize(writer, value, options);
}

/// <summary>
/// Reads an object in place of a list as the list's only element or, if its property names are numbers, as a list (PHP writes a list with gaps in this way), and
/// anything else as an empty list. Elements that are not objects are skipped.
/// </summary>
internal sealed class TolerantListConverter<T> : JsonConverter<IReadOnlyList<T>> where T : class
{
    public override IReadOnlyList<T> Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        TolerantShape.ReadList(ref reader, (ref Utf8JsonReader from) => JsonSerializer.Deserialize<T>(ref from, options));

    public override void Write(Utf8JsonWriter writer, IReadOnlyList<T> value, JsonSerializerOptions options)
    {
        writer.WriteStartArray();
        foreach (var element in value)
            JsonSerializer.Serialize(writer, element, options);

        writer.WriteEndArray();
    }
}

/// <summary>Reads a single value as a list with one element, and an object as an empty list.</summary>
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

/// <summary>Reads tax tables with or without the enclosing <c>tax_tables</c>: order requests have it, the orders that MultiSafepay returns do not.</summary>
internal sealed class TaxTablesConverter : JsonConverter<TaxTables>
{
    public override TaxTables? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            reader.Skip();
            return null;
        }

        ObjectReader<TaxTables> read = (ref Utf8JsonReader from) => JsonSerializer.Deserialize<TaxTables>(ref from, options);
        var ahead = reader;
        while (ahead.Read() && ahead.TokenType == JsonTokenType.PropertyName)
        {
            var isWrapped = ahead.ValueTextEquals("tax_tables"u8);
            ahead.Read();
            if (isWrapped && ahead.TokenType == JsonTokenType.StartObject)
            {
                reader.Skip();
                return TolerantShape.ReadObject(ref ahead, read);
            }

            ahead.Skip();
        }

        return TolerantShape.ReadObject(ref reader, read);
    }

    public override void Write(Utf8JsonWriter writer, TaxTables value, JsonSerializerOptions options) =>
        JsonSerializer.Serialize(writer, value, options);
}

/// <summary>Reads an object. The reader is at its start, and is left at its end.</summary>
internal delegate T? ObjectReader<T>(ref Utf8JsonReader reader) where T : class;

/// <summary>The tolerance for objects and lists.</summary>
internal static class TolerantShape
{
    /// <summary>Reads an object, or skips it and returns null if it cannot be read. Leaves the reader at the end of the object.</summary>
    public static T? ReadObject<T>(ref Utf8JsonReader reader, ObjectReader<T> read) where T : class
    {
        var attempt = reader;
        try
        {
            var value = read(ref attempt);
            reader = attempt;
            return value;
        }
        catch (JsonException)
        {
            reader.Skip();
            return null;
        }
    }

    /// <summary>Reads an object, and anything else as null.</summary>
    public static T? ReadObjectOrNull<T>(ref Utf8JsonReader reader, ObjectReader<T> read) where T : class
    {
        if (reader.TokenType == JsonTokenType.StartObject)
            return ReadObject(ref reader, read);

        reader.Skip();
        return null;
    }

    /// <summary>Reads a list, or an object in its place; anything else as an empty list.</summary>
    public static IReadOnlyList<T> ReadList<T>(ref Utf8JsonReader reader, ObjectReader<T> read) where T : class
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.StartArray:
                return ReadElements(ref reader, JsonTokenType.EndArray, read);
            case JsonTokenType.StartObject:
                var ahead = reader;
                ahead.Read();
                if (ahead.TokenType == JsonTokenType.EndObject || IsNumber(ahead.ValueSpan))
                    return ReadElements(ref reader, JsonTokenType.EndObject, read);

                return ReadObject(ref reader, read) is { } only ? [only] : [];
            default:
                reader.Skip();
                return [];
        }
    }

    private static List<T> ReadElements<T>(ref Utf8JsonReader reader, JsonTokenType end, ObjectReader<T> read) where T : class
    {
        var elements = new List<T>();
        while (reader.Read() && reader.TokenType != end)
        {
            if (reader.TokenType == JsonTokenType.PropertyName)
                continue;

            if (reader.TokenType != JsonTokenType.StartObject)
                reader.Skip();
            else if (ReadObject(ref reader, read) is { } element)
                elements.Add(element);
        }

        return elements;
    }

    private static bool IsNumber(ReadOnlySpan<byte> name) => !name.IsEmpty && !name.ContainsAnyExceptInRange((byte)'0', (byte)'9');
}
