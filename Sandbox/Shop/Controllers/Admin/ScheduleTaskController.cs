using Microsoft.AspNetCore.Mvc;

namespace Sandbox.Shop.Controllers.Admin;

/// <summary>nopCommerce's address of the scheduled tasks, to which plugins link.</summary>
internal sealed class ScheduleTaskController : AdminController
{
    [HttpGet]
    public IActionResult List() => RedirectToAction(nameof(SystemController.Tasks), "System");
}
