using Microsoft.AspNetCore.Mvc;
using Nop.Services.ScheduleTasks;
using Sandbox.Shop.Services;

namespace Sandbox.Shop.Controllers;

/// <summary>Where the shop calls itself to run a task. A plain controller: the visitor is the background task's own user, not a new guest.</summary>
internal sealed class ScheduleTaskController(IScheduleTaskService tasks, ScheduleTaskRunner runner) : Controller
{
    [HttpPost]
    public async Task<IActionResult> RunTask(string taskType)
    {
        if (await tasks.GetTaskByTypeAsync(taskType) is { } task)
            await runner.RunAsync(task, forced: false);
        return NoContent();
    }
}
