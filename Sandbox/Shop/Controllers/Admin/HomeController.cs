using Microsoft.AspNetCore.Mvc;

namespace Sandbox.Shop.Controllers.Admin;

/// <summary>/Admin itself.</summary>
internal sealed class HomeController : AdminController
{
    [HttpGet]
    public IActionResult Index() => RedirectToAction(nameof(OrderController.List), "Order");
}
