using Microsoft.AspNetCore.Mvc;
using Nop.Core;
using Nop.Core.Domain.Catalog;
using Nop.Services.Directory;
using Nop.Services.Localization;
using Sandbox.Shop.Data;
using Sandbox.Shop.Hosting;
using Sandbox.Shop.Models;
using Sandbox.Shop.Services;

namespace Sandbox.Shop.Controllers;

/// <summary>The product shelf, and the choice of language and currency.</summary>
internal sealed class HomeController(
    ShopDatabase database,
    TaxCalculator taxes,
    PriceText prices,
    CycleText cycles,
    IWorkContext workContext,
    WorkContext work,
    ILanguageService languages,
    ICurrencyService currencies) : Controller
{
    [HttpGet]
    public async Task<IActionResult> Index()
    {
        List<ProductModel> models = [];
        foreach (var product in await database.ListAsync<Product>(product => product is { Published: true, Deleted: false }))
        {
            models.Add(new ProductModel(product.Id, product.Name, product.Sku, product.ShortDescription, await prices.ShowAsync(product.Price),
                $"{await taxes.RateAsync(product.TaxCategoryId, null):0.##} %", product.StockQuantity, await cycles.DescribeAsync(product)));
        }

        return View(models);
    }

    [HttpPost]
    public async Task<IActionResult> SetLanguage(int id, string? returnUrl)
    {
        if (await languages.GetLanguageByIdAsync(id) is { Published: true } language)
            await workContext.SetWorkingLanguageAsync(language);
        return Back(returnUrl);
    }

    [HttpPost]
    public async Task<IActionResult> SetCurrency(int id, string? returnUrl)
    {
        if (await currencies.GetCurrencyByIdAsync(id) is { Published: true } currency)
            await work.SetWorkingCurrencyAsync(currency);
        return Back(returnUrl);
    }

    /// <summary>What a request for nothing gets. Drawing it asks for the visitor, so a stranger's 404 leaves a guest behind, as in nopCommerce.</summary>
    [AcceptVerbs("GET", "POST", "PUT", "PATCH", "DELETE", "HEAD")]
    public IActionResult PageNotFound()
    {
        Response.StatusCode = StatusCodes.Status404NotFound;
        return View();
    }

    private IActionResult Back(string? returnUrl) => Url.IsLocalUrl(returnUrl) ? LocalRedirect(returnUrl) : RedirectToRoute(ShopRoutes.Homepage);
}
