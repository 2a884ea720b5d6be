namespace Nop.Web.Framework.Controllers;

/// <summary>What the controllers of payment plugins derive from.</summary>
public abstract class BasePaymentController : BasePluginController;
