using Microsoft.AspNetCore.Mvc;
using Nop.Web.Framework.Components;

// Configuration pages of plugins name this component of Nop.Web by its type.
namespace Nop.Web.Areas.Admin.Components;

/// <summary>The switch between the basic and all settings of a page. Without scripts all of them are shown.</summary>
public sealed class SettingModeViewComponent : NopViewComponent
{
    public IViewComponentResult Invoke(string modeName = "settings-advanced-mode") => View("/Views/Admin/Shared/SettingMode.cshtml", modeName);
}
