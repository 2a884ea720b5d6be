using Microsoft.AspNetCore.Mvc;
using Nop.Web.Framework;

namespace Sandbox.Shop.Controllers.Admin;

/// <summary>What the shop's own admin pages have in common. There is no login: see <see cref="Hosting.AdminGate"/>.</summary>
[Area(AreaNames.ADMIN)]
[AutoValidateAntiforgeryToken]
internal abstract class AdminController : Controller;
