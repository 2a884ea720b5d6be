using System.ComponentModel;
using System.Linq.Expressions;
using System.Reflection;
using Nop.Core.Configuration;
using Nop.Core.Domain.Configuration;
using Nop.Services.Configuration;
using Sandbox.Shop.Data;

namespace Sandbox.Shop.Services;

/// <summary>
/// Settings: one row for each property and store, the value as text. Each node keeps all rows in its cache until the cache is cleared, so a row saved with
/// <c>clearCache: false</c> stays unseen until then, as in nopCommerce.
/// </summary>
internal sealed class SettingService(ShopDatabase database, SettingCache cache) : ISettingService
{
    public Task ClearCacheAsync()
    {
        cache.Clear();
        return Task.CompletedTask;
    }

    public Task<Setting?> GetSettingAsync(string key, int storeId = 0, bool loadSharedValueIfNotFound = false) =>
        Task.FromResult(cache.Find(key, storeId, loadSharedValueIfNotFound));

    public async Task<T> GetSettingByKeyAsync<T>(string key, T defaultValue = default!, int storeId = 0, bool loadSharedValueIfNotFound = false) =>
        await GetSettingAsync(key, storeId, loadSharedValueIfNotFound) is { } setting ? (T)SettingText.Parse(typeof(T), setting.Value)! : defaultValue;

    public Task<T> LoadSettingAsync<T>(int storeId = 0) where T : ISettings, new() => Task.FromResult((T)LoadSetting(typeof(T), storeId));

    /// <summary>A property without a row of its own, neither for the store nor for all stores, keeps the value its class gives it.</summary>
    public ISettings LoadSetting(Type type, int storeId)
    {
        var settings = (ISettings)Activator.CreateInstance(type)!;
        foreach (var property in PropertiesOf(type))
        {
            if (cache.Find(SettingText.KeyOf(type, property.Name), storeId, loadShared: true) is { } row && SettingText.CanParse(property.PropertyType, row.Value))
                property.SetValue(settings, SettingText.Parse(property.PropertyType, row.Value));
        }

        return settings;
    }

    public async Task SaveSettingAsync<T>(T settings, int storeId = 0) where T : ISettings, new()
    {
        foreach (var property in PropertiesOf(typeof(T)))
            await SetAsync(SettingText.KeyOf(typeof(T), property.Name), property.PropertyType, property.GetValue(settings), storeId, clearCache: false);
        cache.Clear();
    }

    public Task SaveSettingAsync<T, TPropType>(T settings, Expression<Func<T, TPropType>> keySelector, int storeId = 0, bool clearCache = true)
        where T : ISettings, new()
    {
        var property = PropertyOf(keySelector);
        return SetAsync(SettingText.KeyOf(typeof(T), property.Name), property.PropertyType, property.GetValue(settings), storeId, clearCache);
    }

    public Task SaveSettingOverridablePerStoreAsync<T, TPropType>(T settings, Expression<Func<T, TPropType>> keySelector, bool overrideForStore, int storeId = 0,
        bool clearCache = true) where T : ISettings, new()
    {
        if (overrideForStore || storeId == 0)
            return SaveSettingAsync(settings, keySelector, storeId, clearCache);
        return storeId > 0 ? DeleteSettingAsync(settings, keySelector, storeId) : Task.CompletedTask;
    }

    public Task SetSettingAsync<T>(string key, T value, int storeId = 0, bool clearCache = true) => SetAsync(key, typeof(T), value, storeId, clearCache);

    public Task<bool> SettingExistsAsync<T, TPropType>(T settings, Expression<Func<T, TPropType>> keySelector, int storeId = 0) where T : ISettings, new() =>
        Task.FromResult(cache.Find(SettingText.KeyOf(typeof(T), PropertyOf(keySelector).Name), storeId, loadShared: false) is not null);

    public async Task DeleteSettingAsync<T>() where T : ISettings, new()
    {
        foreach (var property in PropertiesOf(typeof(T)))
        {
            var name = SettingText.KeyOf(typeof(T), property.Name);
            foreach (var row in await database.ListAsync<Setting>(row => row.Name == name))
                await database.DeleteAsync(row);
        }

        cache.Clear();
    }

    public async Task DeleteSettingAsync<T, TPropType>(T settings, Expression<Func<T, TPropType>> keySelector, int storeId = 0) where T : ISettings, new()
    {
        var name = SettingText.KeyOf(typeof(T), PropertyOf(keySelector).Name);
        foreach (var row in await database.ListAsync<Setting>(row => row.Name == name && row.StoreId == storeId))
            await database.DeleteAsync(row);
        cache.Clear();
    }

    private async Task SetAsync(string key, Type type, object? value, int storeId, bool clearCache)
    {
        var name = SettingText.Normalize(key);
        var text = TypeDescriptor.GetConverter(type).ConvertToInvariantString(value) ?? "";
        var row = (await database.ListAsync<Setting>(row => row.Name == name && row.StoreId == storeId)).FirstOrDefault();
        if (row is null)
        {
            await database.InsertAsync(new Setting { Name = name, Value = text, StoreId = storeId });
        }
        else
        {
            row.Value = text;
            await database.UpdateAsync(row);
        }

        if (clearCache)
            cache.Clear();
    }

    private static IEnumerable<PropertyInfo> PropertiesOf(Type type) =>
        type.GetProperties().Where(property => property is { CanRead: true, CanWrite: true } && TypeDescriptor.GetConverter(property.PropertyType).CanConvertFrom(typeof(string)));

    private static PropertyInfo PropertyOf<T, TPropType>(Expression<Func<T, TPropType>> keySelector) =>
        (keySelector.Body as MemberExpression)?.Member as PropertyInfo ?? throw new ArgumentException($"'{keySelector}' is not a property.", nameof(keySelector));
}
