using System.Globalization;
using Microsoft.AspNetCore.Mvc.Razor;
using Microsoft.Extensions.DependencyInjection;
using Nop.Services.Localization;
using Nop.Web.Framework.Localization;

namespace Nop.Web.Framework.Mvc.Razor;

/// <summary>What the views of a shop derive from: it knows the texts.</summary>
public abstract class NopRazorPage<TModel> : RazorPage<TModel>
{
    public Localizer T => (text, args) =>
    {
        var resource = Context.RequestServices.GetRequiredService<ILocalizationService>().GetResourceAsync(text).GetAwaiter().GetResult();
        var format = string.IsNullOrEmpty(resource) ? text : resource;

        return new LocalizedString(args is { Length: > 0 } ? string.Format(CultureInfo.CurrentCulture, format, args) : format);
    };
}
