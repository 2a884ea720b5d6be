using Nop.Services.ScheduleTasks;
using Nop.Services.Stores;
using Sandbox.Shop.Services;

namespace Sandbox.Shop.Hosting;

/// <summary>Asks the shop by HTTP to run each task when it is due, as nopCommerce does: so the task runs inside a request to the first store.</summary>
internal sealed class ScheduleTaskTimer(IServiceScopeFactory scopes, IHttpClientFactory http, TimeProvider time, ILogger<ScheduleTaskTimer> logger) : BackgroundService
{
    private static readonly TimeSpan _look = TimeSpan.FromSeconds(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(_look, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            await using var scope = scopes.CreateAsyncScope();
            var store = (await scope.ServiceProvider.GetRequiredService<IStoreService>().GetAllStoresAsync()).FirstOrDefault();
            var now = time.GetUtcNow().UtcDateTime;
            foreach (var task in await scope.ServiceProvider.GetRequiredService<IScheduleTaskService>().GetAllTasksAsync())
            {
                if (store is null || (task.LastStartUtc ?? task.LastEnabledUtc ?? now.AddSeconds(-task.Seconds)).AddSeconds(task.Seconds) > now)
                    continue;
                try
                {
                    using var client = http.CreateClient();
                    using var form = new FormUrlEncodedContent([KeyValuePair.Create("taskType", task.Type)]);
                    using var _ = await client.PostAsync(new Uri(store.Url.TrimEnd('/') + WorkContext.ScheduleTaskPath), form, stoppingToken);
                }
                catch (HttpRequestException exception)
                {
                    logger.LogWarning(exception, "The task {Task} could not be started", task.Name);
                }
            }
        }
    }
}
