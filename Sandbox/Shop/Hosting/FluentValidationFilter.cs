using FluentValidation;
using Microsoft.AspNetCore.Mvc.Filters;

namespace Sandbox.Shop.Hosting;

/// <summary>Runs the validator of each posted model and puts what it finds into the model state, so that actions ask <c>ModelState.IsValid</c>.</summary>
internal sealed class FluentValidationFilter(IServiceProvider services) : IAsyncActionFilter
{
    public async Task OnActionExecutionAsync(ActionExecutingContext context, ActionExecutionDelegate next)
    {
        if (HttpMethods.IsPost(context.HttpContext.Request.Method))
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
