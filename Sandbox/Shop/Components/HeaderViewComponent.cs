using Microsoft.AspNetCore.Mvc;
using Nop.Core;
using Nop.Services.Directory;
using Nop.Services.Localization;
using Sandbox.Shop.Services;

namespace Sandbox.Shop.Components;

/// <summary>What the top of each page shows.</summary>
public sealed record HeaderModel(string StoreName, int CartCount, IReadOnlyList<(int Id, string Name)> Languages, int LanguageId, IReadOnlyList<(int Id, string Code)> Currencies,
    int CurrencyId, string ReturnUrl);

/// <summary>The top of each page: store, cart, language, currency.</summary>
[ViewComponent(Name = "Header")]
public sealed class HeaderViewComponent(IServiceProvider services, IWorkContext workContext, IStoreContext storeContext, ILanguageService languages, ICurrencyService currencies) : ViewComponent
{
    public async Task<IViewComponentResult> InvokeAsync() => View("/Views/Shared/Header.cshtml", new HeaderModel(
        (await storeContext.GetCurrentStoreAsync()).Name,
        (await services.GetRequiredService<CurrentVisitor>().CartAsync()).Sum(item => item.Quantity),
        [.. (await languages.GetAllLanguagesAsync()).Select(language => (language.Id, language.Name))],
        (await workContext.GetWorkingLanguageAsync()).Id,
        [.. (await currencies.GetAllCurrenciesAsync()).Select(currency => (currency.Id, currency.CurrencyCode))],
        (await workContext.GetWorkingCurrencyAsync()).Id,
        HttpMethods.IsGet(Request.Method) && HttpContext.Response.StatusCode == StatusCodes.Status200OK ? Request.PathBase + Request.Path + Request.QueryString : Url.Content("~/")));
}
