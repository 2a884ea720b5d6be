using FluentValidation;
using Microsoft.AspNetCore.Mvc.Filters;
using Nop.Web.Framework.Controllers;

namespace Sandbox.Shop.Hosting;

/// <summary>
/// Runs the validator of each posted model and puts what it finds into the model state, so that actions ask <c>ModelState.IsValid</c>. Until nopCommerce 4.90 it is a part of binding models;
/// in 5.00 it is a filter of <see cref="BaseController"/>, and the models of other controllers are not validated.
/// </summary>
internal sealed class FluentValidationFilter(IServiceProvider services) : IAsyncActionFilter
{
    public async Task OnActionExecutionAsync(ActionExecutingContext context, ActionExecutionDelegate next)
    {
        if (HttpMethods.IsPost(context.HttpContext.Request.Method) && (!ShopVersion.Is500 || context.Controller is BaseController))
        {
            foreach (var model in context.ActionArguments.Values.OfType<object>())
            {
                if (services.GetService(typeof(IValidator<>).MakeGenericType(model.GetType())) is not IValidator validator)
                    continue;
                foreach (var error in (await validator.ValidateAsync(new ValidationContext<object>(model), context.HttpContext.RequestAborted)).Errors)
                    context.ModelState.AddModelError(error.PropertyName, error.ErrorMessage);
            }
        }

        await next();
    }
}
