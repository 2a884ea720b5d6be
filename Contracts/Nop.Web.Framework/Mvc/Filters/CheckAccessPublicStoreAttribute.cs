using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;

namespace Nop.Web.Framework.Mvc.Filters;

/// <summary>Whether the action answers only those who may visit the public shop.</summary>
public sealed class CheckAccessPublicStoreAttribute : TypeFilterAttribute
{
    public CheckAccessPublicStoreAttribute(bool ignore = false) : base(typeof(Filter)) => IgnoreFilter = ignore;

    public bool IgnoreFilter { get; }

    private sealed class Filter : IFilterMetadata;
}
