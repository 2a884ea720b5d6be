using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;

namespace Nop.Web.Framework.Mvc.Filters;

/// <summary>Whether the action answers while the shop is closed.</summary>
public sealed class CheckAccessClosedStoreAttribute : TypeFilterAttribute
{
    public CheckAccessClosedStoreAttribute(bool ignore = false) : base(typeof(Filter)) => IgnoreFilter = ignore;

    public bool IgnoreFilter { get; }

    private sealed class Filter : IFilterMetadata;
}
