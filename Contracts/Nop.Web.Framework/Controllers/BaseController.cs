using Microsoft.AspNetCore.Mvc;

namespace Nop.Web.Framework.Controllers;

/// <summary>What every controller of a shop derives from.</summary>
public abstract class BaseController : Controller;
