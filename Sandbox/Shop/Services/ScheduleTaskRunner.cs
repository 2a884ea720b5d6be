using Nop.Core.Caching;
using Nop.Core.Domain.ScheduleTasks;
using Nop.Services.ScheduleTasks;
using Sandbox.Shop.Hosting;
using ILogger = Nop.Services.Logging.ILogger;

namespace Sandbox.Shop.Services;

/// <summary>Runs a scheduled task once, under a lock, and writes down when it started, ended and last succeeded.</summary>
internal sealed class ScheduleTaskRunner(IScheduleTaskService tasks, PluginCatalogue plugins, ILocker locker, ILogger logger, IServiceProvider services, TimeProvider time)
{
    /// <summary>Runs the task although it is switched off when <paramref name="forced"/>; answers the error, if any.</summary>
    public async Task<Exception?> RunAsync(ScheduleTask task, bool forced)
    {
        if (!forced && !task.Enabled)
            return null;
        if ((UnpaidOrderTasks.Find(task.Type) ?? plugins.FindType(task.Type)) is not { } type)
            return new InvalidOperationException($"Schedule task ({task.Type}) cannot be instantiated");

        Exception? failure = null;
        task.LastStartUtc = time.GetUtcNow().UtcDateTime;
        await tasks.UpdateTaskAsync(task);
        await locker.PerformActionWithLockAsync(task.Type, TimeSpan.FromSeconds(Math.Min(task.Seconds, 300) - 1), async () =>
        {
            try
            {
                await ((IScheduleTask)ActivatorUtilities.GetServiceOrCreateInstance(services, type)).ExecuteAsync();
                task.LastEndUtc = task.LastSuccessUtc = time.GetUtcNow().UtcDateTime;
            }
            catch (Exception exception)
            {
                failure = exception;
                task.LastEndUtc = time.GetUtcNow().UtcDateTime;
                task.Enabled = task.Enabled && !task.StopOnError;
            }
        });
        await tasks.UpdateTaskAsync(task);
        if (failure is not null)
            await logger.ErrorAsync($"The \"{task.Name}\" scheduled task failed with the \"{failure.Message}\" error (Task type: \"{task.Type}\").", failure);
        return failure;
    }
}
