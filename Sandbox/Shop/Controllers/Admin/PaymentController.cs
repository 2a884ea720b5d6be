using Microsoft.AspNetCore.Mvc;

namespace Sandbox.Shop.Controllers.Admin;

/// <summary>nopCommerce's list of payment methods; here it is part of the list of plugins.</summary>
internal sealed class PaymentController : AdminController
{
    [HttpGet]
    public IActionResult Methods() => RedirectToAction(nameof(PluginController.List), "Plugin");
}
