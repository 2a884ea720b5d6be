using System.Globalization;
using System.Text.Json;

namespace Benchmarks.RealShop;

/// <summary>Scheduled tasks of the shop that get a shorter interval for a while, so that they can be run often. Their own is set again at the end.</summary>
internal sealed class ScheduledTasks : IAsyncDisposable
{
    /// <summary>A task of nopCommerce's that returns at once, because it is switched off in the shop's settings (<c>CurrencySettings.AutoUpdateEnabled</c>).</summary>
    public const string Empty = "Update currency exchange rates";

    /// <summary>Its type.</summary>
    public const string EmptyType = "Nop.Services.Directory.UpdateExchangeRateTask, Nop.Services";

    private readonly ShopVisitor _admin;
    private readonly Dictionary<string, JsonElement> _before;

    private ScheduledTasks(ShopVisitor admin, Dictionary<string, JsonElement> before) => (_admin, _before) = (admin, before);

    /// <summary>Gives tasks a shorter interval.</summary>
    /// <param name="admin">An administrator who is signed in.</param>
    /// <param name="seconds">The interval.</param>
    /// <param name="names">The names of the tasks.</param>
    public static async Task<ScheduledTasks> HastenAsync(ShopVisitor admin, int seconds, params string[] names)
    {
        var all = await ListAsync(admin);
        var found = names.ToDictionary(name => name, name => all.TryGetValue(name, out var task) && task.GetProperty("Enabled").GetBoolean() ? task
            : throw new RealShopException($"The shop has no task {name} that is switched on; it has {string.Join(", ", all.Keys)}."));
        var hastened = new ScheduledTasks(admin, found);
        foreach (var task in found.Values)
            await hastened.UpdateAsync(task, seconds);
        return hastened;
    }

    /// <summary>Fails unless each was run since, and its last run succeeded: nopCommerce answers one that fails, or that is too early, like any other.</summary>
    public async Task CheckAsync()
    {
        var now = await ListAsync(_admin);
        foreach (var (name, before) in _before)
        {
            var (start, end, success) = (Text(now[name], "LastStartUtc"), Text(now[name], "LastEndUtc"), Text(now[name], "LastSuccessUtc"));
            if (start == Text(before, "LastStartUtc") || end != success)
                throw new RealShopException($"{name} was not run, or failed: started {start}, ended {end}, succeeded {success}.");
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var task in _before.Values)
            await UpdateAsync(task, task.GetProperty("Seconds").GetInt32());
    }

    private static async Task<Dictionary<string, JsonElement>> ListAsync(ShopVisitor admin)
    {
        using var list = JsonDocument.Parse(await admin.PostAsync("Admin/ScheduleTask/List", null, new() { ["start"] = "0", ["length"] = "100", ["draw"] = "1" }));
        return list.RootElement.GetProperty("Data").EnumerateArray().ToDictionary(task => task.GetProperty("Name").GetString()!, task => task.Clone());
    }

    private static string Text(JsonElement task, string property) => task.GetProperty(property).ToString();

    private async Task UpdateAsync(JsonElement task, int seconds) => await _admin.PostAsync("Admin/ScheduleTask/TaskUpdate", null, new()
    {
        ["Id"] = Text(task, "Id"),
        ["Seconds"] = seconds.ToString(CultureInfo.InvariantCulture),
        ["Enabled"] = "true",
        ["StopOnError"] = Text(task, "StopOnError"),
    });
}
