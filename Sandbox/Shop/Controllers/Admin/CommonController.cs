using Microsoft.AspNetCore.Mvc;
using Nop.Core.Events;
using Nop.Web.Areas.Admin.Models.Common;

namespace Sandbox.Shop.Controllers.Admin;

/// <summary>The admin's page of warnings, which plugins add theirs to.</summary>
internal sealed class CommonController(IEventPublisher events) : AdminController
{
    [HttpGet]
    public async Task<IActionResult> Warnings()
    {
        var collected = new SystemWarningCreatedEvent();
        await events.PublishAsync(collected);
        return View(collected.SystemWarnings);
    }
}
