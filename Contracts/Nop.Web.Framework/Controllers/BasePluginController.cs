namespace Nop.Web.Framework.Controllers;

/// <summary>What the controllers of plugins derive from.</summary>
public abstract class BasePluginController : BaseController;
