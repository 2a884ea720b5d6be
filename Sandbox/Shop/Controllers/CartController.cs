using Microsoft.AspNetCore.Mvc;
using Nop.Core.Domain.Orders;
using Nop.Services.Localization;
using Nop.Services.Messages;
using Sandbox.Shop.Data;
using Sandbox.Shop.Hosting;
using Sandbox.Shop.Models;
using Sandbox.Shop.Services;

namespace Sandbox.Shop.Controllers;

/// <summary>The shopping cart.</summary>
internal sealed class CartController(
    ShopDatabase database,
    CurrentVisitor visitor,
    Carts carts,
    ShoppingCartService cartRules,
    CartCalculator calculator,
    OrderPages pages,
    PriceText prices,
    ILocalizationService texts,
    INotificationService notifications) : Controller
{
    [HttpGet]
    public async Task<IActionResult> Index()
    {
        var choices = await visitor.ChoicesAsync();
        var cart = await visitor.CartAsync();
        var totals = await calculator.CalculateAsync(cart, choices);
        var wrapping = (await database.ListAsync<CheckoutAttributeValue>(value => value.PriceAdjustment > 0)).First();
        return View(new CartModel
        {
            Lines = await pages.LinesAsync(totals),
            Totals = await pages.TotalsAsync(totals),
            Warnings = await cartRules.GetWarningsAsync(cart),
            GiftWrapping = choices.GiftWrapping,
            Reference = choices.Reference,
            GiftWrappingPrice = await prices.ShowAsync(wrapping.PriceAdjustment),
            CouponCode = choices.CouponCode,
            GiftCardCode = choices.GiftCardCode,
        });
    }

    [HttpPost]
    public async Task<IActionResult> Add(int productId, int quantity = 1)
    {
        var problem = await carts.AddAsync((await visitor.CustomerAsync()).Id, (await visitor.StoreAsync()).Id, productId, Math.Max(quantity, 1));
        if (problem is null)
            notifications.SuccessNotification(await texts.GetResourceAsync("Shop.AddedToCart"));
        else
            notifications.ErrorNotification(await texts.GetResourceAsync(problem));
        return problem is null ? RedirectToRoute(ShopRoutes.Cart) : RedirectToRoute(ShopRoutes.Homepage);
    }

    [HttpPost]
    public async Task<IActionResult> SetQuantity(int id, int quantity)
    {
        await carts.SetQuantityAsync((await visitor.CustomerAsync()).Id, (await visitor.StoreAsync()).Id, id, quantity);
        return RedirectToRoute(ShopRoutes.Cart);
    }

    [HttpPost]
    public async Task<IActionResult> Choose(bool giftWrapping, string? reference, string? couponCode, string? giftCardCode)
    {
        var choices = await visitor.ChoicesAsync();
        choices.GiftWrapping = giftWrapping;
        choices.Reference = reference;
        choices.CouponCode = (couponCode ?? "").Trim().ToUpperInvariant();
        choices.GiftCardCode = (giftCardCode ?? "").Trim().ToUpperInvariant();
        await carts.SaveChoicesAsync(choices);
        return RedirectToRoute(ShopRoutes.Cart);
    }
}
