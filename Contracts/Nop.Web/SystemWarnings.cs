using Nop.Web.Framework.Models;

namespace Nop.Web.Areas.Admin.Models.Common;

/// <summary>The admin's page of warnings is being put together.</summary>
public class SystemWarningCreatedEvent
{
    public IList<SystemWarningModel> SystemWarnings { get; } = [];
}

/// <summary>How bad a warning is.</summary>
public enum SystemWarningLevel
{
    Pass = 0,
    Recommendation = 1,
    Warning = 2,
    Fail = 3
}

/// <summary>A line on the admin's page of warnings.</summary>
public record SystemWarningModel : BaseNopModel
{
    public SystemWarningLevel Level { get; set; }
    public string Text { get; set; }
    public bool DontEncode { get; set; }
}
