using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;
using Microsoft.Extensions.DependencyInjection;
using Nop.Services.Security;

namespace Nop.Web.Framework.Mvc.Filters;

/// <summary>Lets only those in who may see the admin pages. Nobody may where there is no permission service to ask.</summary>
public sealed class AuthorizeAdminAttribute : TypeFilterAttribute
{
    public AuthorizeAdminAttribute(bool ignore = false) : base(typeof(Filter))
    {
        IgnoreFilter = ignore;
        Arguments = [ignore];
    }

    public bool IgnoreFilter { get; }

    private sealed class Filter(bool ignore) : IAsyncAuthorizationFilter
    {
        public async Task OnAuthorizationAsync(AuthorizationFilterContext context)
        {
            var permissions = context.HttpContext.RequestServices.GetService<IPermissionService>();

            if (!ignore && (permissions is null || !await permissions.AuthorizeAsync(StandardPermission.Security.ACCESS_ADMIN_PANEL)))
                context.Result = new ForbidResult();
        }
    }
}
