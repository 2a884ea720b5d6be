namespace Nop.Services.ScheduleTasks;

/// <summary>The work of a scheduled task.</summary>
public interface IScheduleTask
{
    Task ExecuteAsync();
}
