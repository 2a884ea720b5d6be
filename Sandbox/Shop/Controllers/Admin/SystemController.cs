using Microsoft.AspNetCore.Mvc;
using Nop.Core.Domain.Configuration;
using Nop.Core.Domain.Logging;
using Nop.Services.Messages;
using Nop.Services.ScheduleTasks;
using Sandbox.Shop.Data;
using Sandbox.Shop.Models;
using Sandbox.Shop.Services;

namespace Sandbox.Shop.Controllers.Admin;

/// <summary>What happened behind the scenes: log, mails, scheduled tasks, settings.</summary>
internal sealed class SystemController(ShopDatabase database, IScheduleTaskService tasks, ScheduleTaskRunner runner, INotificationService notifications) : AdminController
{
    /// <summary>Settings that hold a secret are not shown in full, here as elsewhere.</summary>
    private static readonly string[] _secretNames = ["key", "secret", "password", "token"];

    [HttpGet]
    public async Task<IActionResult> Log() => View((await database.ListAsync<Log>()).OrderByDescending(log => log.Id)
        .Select(log => new LogModel(log.CreatedOnUtc, log.LogLevel.ToString(), log.ShortMessage, log.FullMessage ?? "", log.PageUrl)).ToList());

    [HttpGet]
    public IActionResult Mails() => View(database.Mails.All.Reverse().ToList());

    [HttpGet]
    public async Task<IActionResult> Tasks() => View((await tasks.GetAllTasksAsync(showHidden: true))
        .Select(task => new TaskModel(task.Id, task.Name, task.Type, task.Seconds, task.Enabled, task.LastStartUtc, task.LastEndUtc, task.LastSuccessUtc)).ToList());

    [HttpPost]
    public async Task<IActionResult> RunTask(int id)
    {
        if (await tasks.GetTaskByIdAsync(id) is { } task)
        {
            if (await runner.RunAsync(task, forced: true) is { } failure)
                await notifications.ErrorNotificationAsync(failure);
            else
                notifications.SuccessNotification($"\"{task.Name}\" was run.");
        }

        return RedirectToAction(nameof(Tasks));
    }

    [HttpGet]
    public async Task<IActionResult> Settings() => View((await database.ListAsync<Setting>()).OrderBy(setting => setting.Name).ThenBy(setting => setting.StoreId)
        .Select(setting => new SettingModel(setting.Name, Shown(setting), setting.StoreId)).ToList());

    private static string Shown(Setting setting) => _secretNames.Any(part => setting.Name.Contains(part, StringComparison.Ordinal)) && !string.IsNullOrEmpty(setting.Value)
        ? "(set, not shown)"
        : setting.Value;
}
