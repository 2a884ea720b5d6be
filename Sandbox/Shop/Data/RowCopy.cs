using System.Reflection;
using Nop.Core;

namespace Sandbox.Shop.Data;

/// <summary>Copies a row. Entities hold plain values only, so copying the fields is a full copy.</summary>
internal static class RowCopy<T> where T : BaseEntity
{
    /// <summary>nopCommerce's database columns for decimals are decimal(18,4).</summary>
    private const int ColumnDecimals = 4;

    private static readonly MethodInfo _memberwiseClone = typeof(object).GetMethod(nameof(MemberwiseClone), BindingFlags.Instance | BindingFlags.NonPublic)!;
    private static readonly Func<object, object> _clone = _memberwiseClone.CreateDelegate<Func<object, object>>();
    private static readonly PropertyInfo[] _decimals =
        [.. typeof(T).GetProperties().Where(property => property.PropertyType == typeof(decimal) && property is { CanRead: true, CanWrite: true })];

    public static T Create(T row) => (T)_clone(row);

    public static T Rounded(T entity)
    {
        var row = Create(entity);
        foreach (var property in _decimals)
            property.SetValue(row, Math.Round((decimal)property.GetValue(row)!, ColumnDecimals, MidpointRounding.AwayFromZero));
        return row;
    }
}
