using System.ComponentModel;
using System.Globalization;
using Nop.Core.Domain.Configuration;
using Sandbox.Shop.Data;

namespace Sandbox.Shop.Services;

/// <summary>All settings rows of the shop, read once by each node.</summary>
internal sealed class SettingCache(ShopDatabase database)
{
    private volatile Dictionary<(string Name, int StoreId), Setting>? _rows;

    public void Clear() => _rows = null;

    public Setting? Find(string key, int storeId, bool loadShared)
    {
        var rows = _rows ??= database.List<Setting>().GroupBy(row => (row.Name, row.StoreId)).ToDictionary(rows => rows.Key, rows => rows.First());
        var name = SettingText.Normalize(key);
        return rows.TryGetValue((name, storeId), out var row) || (loadShared && storeId > 0 && rows.TryGetValue((name, 0), out row)) ? row : null;
    }
}

/// <summary>How a setting's name and value look as text.</summary>
internal static class SettingText
{
    /// <summary>nopCommerce keeps these lists as text with commas between; the converters are the whole process's, as there.</summary>
    public static void RegisterListConverters()
    {
        TypeDescriptor.AddAttributes(typeof(List<string>), new TypeConverterAttribute(typeof(ListConverter<string>)));
        TypeDescriptor.AddAttributes(typeof(List<int>), new TypeConverterAttribute(typeof(ListConverter<int>)));
        TypeDescriptor.AddAttributes(typeof(List<decimal>), new TypeConverterAttribute(typeof(ListConverter<decimal>)));
    }

    public static string Normalize(string key) => key.Trim().ToLowerInvariant();

    public static string KeyOf(Type type, string property) => Normalize($"{type.Name}.{property}");

    public static bool CanParse(Type type, string? text) => TypeDescriptor.GetConverter(type) is { } converter && converter.CanConvertFrom(typeof(string)) && converter.IsValid(text ?? "");

    public static object? Parse(Type type, string? text) => TypeDescriptor.GetConverter(type).ConvertFromInvariantString(text ?? "");

    private sealed class ListConverter<T> : TypeConverter
    {
        private static readonly TypeConverter _items = TypeDescriptor.GetConverter(typeof(T));

        public override bool CanConvertFrom(ITypeDescriptorContext? context, Type sourceType) => sourceType == typeof(string) || base.CanConvertFrom(context, sourceType);

        public override object? ConvertFrom(ITypeDescriptorContext? context, CultureInfo? culture, object value) => value is string text
            ? text.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(item => (T)_items.ConvertFromInvariantString(item)!).ToList()
            : base.ConvertFrom(context, culture, value);

        public override object? ConvertTo(ITypeDescriptorContext? context, CultureInfo? culture, object? value, Type destinationType) => destinationType == typeof(string)
            ? string.Join(",", ((IEnumerable<T>?)value ?? []).Select(item => _items.ConvertToInvariantString(item)))
            : base.ConvertTo(context, culture, value, destinationType);
    }
}
