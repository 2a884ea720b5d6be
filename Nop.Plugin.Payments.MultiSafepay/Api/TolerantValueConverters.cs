using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Nop.Plugin.Payments.MultiSafepay.Api;

/// <summary>
/// Reads single values of any JSON type, because MultiSafepay writes some fields sometimes as a number and sometimes as a string. Invalid values are read as
/// null. Every method leaves the reader at the end of the value.
/// </summary>
internal static class TolerantValue
{
    public static string? ReadString(ref Utf8JsonReader reader)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.String:
                return Text(ref reader);
            case JsonTokenType.Number:
                return Encoding.ASCII.GetString(reader.ValueSpan);
            case JsonTokenType.True:
                return "true";
            case JsonTokenType.False:
                return "false";
            default:
                reader.Skip();
                return null;
        }
    }

    public static decimal? ReadDecimal(ref Utf8JsonReader reader)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.Number:
                return reader.TryGetDecimal(out var number) ? number : null;
            case JsonTokenType.String:
                const NumberStyles styles = NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowLeadingWhite | NumberStyles.AllowTrailingWhite;
                return decimal.TryParse(Text(ref reader), styles, CultureInfo.InvariantCulture, out var parsed) ? parsed : null;
            default:
                reader.Skip();
                return null;
        }
    }

    /// <summary>Reads an integer: 1000, "1000" and 1000.0 are the same value; 1000.5 is not an integer.</summary>
    public static long? ReadLong(ref Utf8JsonReader reader) => reader.TokenType == JsonTokenType.Number && reader.TryGetInt64(out var integer)
        ? integer
        : ReadDecimal(ref reader) is { } number && decimal.IsInteger(number) && number is >= long.MinValue and <= long.MaxValue ? (long)number : null;

    public static bool? ReadBoolean(ref Utf8JsonReader reader)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.True:
                return true;
            case JsonTokenType.False:
                return false;
            case JsonTokenType.Number:
                return reader.TryGetDecimal(out var number) ? number != 0 : null;
            case JsonTokenType.String:
                return Text(ref reader)?.Trim().ToUpperInvariant() switch
                {
                    "TRUE" or "1" or "YES" => true,
                    "FALSE" or "0" or "NO" => false,
                    _ => null
                };
            default:
                reader.Skip();
                return null;
        }
    }

    private static string? Text(ref Utf8JsonReader reader)
    {
        try
        {
            return reader.GetString();
        }
        catch (InvalidOperationException)
        {
            // Invalid UTF-8 or half of a surrogate pair: the text was cut in the middle of a character.
            return null;
        }
    }
}

/// <summary>Reads a string, number or boolean as a string, and an object or array as null.</summary>
internal sealed class TolerantStringConverter : JsonConverter<string>
{
    public override string? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => TolerantValue.ReadString(ref reader);

    public override void Write(Utf8JsonWriter writer, string value, JsonSerializerOptions options) => writer.WriteStringValue(value);
}

/// <summary>Reads an integer, also from a string or from a decimal without a fraction; anything else as null.</summary>
internal sealed class TolerantLongConverter : JsonConverter<long?>
{
    public override long? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => TolerantValue.ReadLong(ref reader);

    public override void Write(Utf8JsonWriter writer, long? value, JsonSerializerOptions options)
    {
        if (value is { } number)
            writer.WriteNumberValue(number);
        else
            writer.WriteNullValue();
    }
}

/// <summary>Reads an integer, also from a string or from a decimal without a fraction; anything else as zero.</summary>
internal sealed class TolerantIntConverter : JsonConverter<int>
{
    public override bool HandleNull => true;

    public override int Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        TolerantValue.ReadLong(ref reader) is { } number and >= int.MinValue and <= int.MaxValue ? (int)number : 0;

    public override void Write(Utf8JsonWriter writer, int value, JsonSerializerOptions options) => writer.WriteNumberValue(value);
}

/// <summary>Reads a number, also from a string; anything else as zero. Writes at most ten decimals, MultiSafepay's maximum, and never an exponent.</summary>
internal sealed class TolerantDecimalConverter : JsonConverter<decimal>
{
    private const int MaxDecimals = 10;
    private const int MaxLength = 32;

    public override bool HandleNull => true;

    public override decimal Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => TolerantValue.ReadDecimal(ref reader) ?? 0;

    public override void Write(Utf8JsonWriter writer, decimal value, JsonSerializerOptions options) => WriteNumber(writer, value);

    public static void WriteNumber(Utf8JsonWriter writer, decimal value)
    {
        Span<byte> text = stackalloc byte[MaxLength];
        decimal.Round(value, MaxDecimals, MidpointRounding.AwayFromZero).TryFormat(text, out var length, default, CultureInfo.InvariantCulture);
        text = text[..length];
        if (text.Contains((byte)'.'))
            text = text.TrimEnd((byte)'0').TrimEnd((byte)'.');
        writer.WriteRawValue(text.SequenceEqual("-0"u8) ? "0"u8 : text, skipInputValidation: true);
    }
}

/// <inheritdoc cref="TolerantDecimalConverter"/>
internal sealed class TolerantNullableDecimalConverter : JsonConverter<decimal?>
{
    public override decimal? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => TolerantValue.ReadDecimal(ref reader);

    public override void Write(Utf8JsonWriter writer, decimal? value, JsonSerializerOptions options)
    {
        if (value is { } number)
            TolerantDecimalConverter.WriteNumber(writer, number);
        else
            writer.WriteNullValue();
    }
}

/// <summary>Reads a boolean, also from a string or a number; anything else as false.</summary>
internal sealed class TolerantBooleanConverter : JsonConverter<bool>
{
    public override bool HandleNull => true;

    public override bool Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => TolerantValue.ReadBoolean(ref reader) ?? false;

    public override void Write(Utf8JsonWriter writer, bool value, JsonSerializerOptions options) => writer.WriteBooleanValue(value);
}

/// <inheritdoc cref="TolerantBooleanConverter"/>
internal sealed class TolerantNullableBooleanConverter : JsonConverter<bool?>
{
    public override bool? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => TolerantValue.ReadBoolean(ref reader);

    public override void Write(Utf8JsonWriter writer, bool? value, JsonSerializerOptions options)
    {
        if (value is { } yes)
            writer.WriteBooleanValue(yes);
        else
            writer.WriteNullValue();
    }
}
