using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;
using Microsoft.Extensions.DependencyInjection;
using Nop.Services.Security;

namespace Nop.Web.Framework.Mvc.Filters;

/// <summary>Lets only those in who hold one of the permissions. Nobody does where there is no permission service to ask.</summary>
[AttributeUsage(AttributeTargets.Method, AllowMultiple = true)]
public sealed class CheckPermissionAttribute : TypeFilterAttribute
{
    public CheckPermissionAttribute(string permissionSystemName, CheckPermissionResultType resultType = CheckPermissionResultType.Default)
        : this([permissionSystemName], resultType)
    {
    }

    public CheckPermissionAttribute(string[] permissionSystemNames, CheckPermissionResultType resultType = CheckPermissionResultType.Default)
        : base(typeof(Filter))
    {
        PermissionSystemName = [.. permissionSystemNames];
        ResultType = resultType;
        Arguments = [permissionSystemNames];
    }

    public List<string> PermissionSystemName { get; }

    public CheckPermissionResultType ResultType { get; }

    /// <summary>In what form the refusal is sent.</summary>
    public enum CheckPermissionResultType
    {
        Default = 0,
        Html = 1,
        Text = 2,
        Json = 3,
    }

    private sealed class Filter(string[] permissionSystemNames) : IAsyncAuthorizationFilter
    {
        public async Task OnAuthorizationAsync(AuthorizationFilterContext context)
        {
            if (context.HttpContext.RequestServices.GetService<IPermissionService>() is { } permissions)
                foreach (var name in permissionSystemNames)
                    if (await permissions.AuthorizeAsync(name))
                        return;

            context.Result = new ForbidResult();
        }
    }
}
