using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Mvc;
using Nop.Core;
using Nop.Core.Domain.Customers;
using Nop.Core.Domain.Gdpr;
using Nop.Core.Domain.Orders;
using Nop.Core.Events;
using Sandbox.Shop.Data;
using Sandbox.Shop.Hosting;
using Sandbox.Shop.Services;

namespace Sandbox.Shop.Controllers;

/// <summary>The customer's account. The sandbox knows no passwords: whoever gives an e-mail address has an account with it.</summary>
internal sealed class CustomerController(ShopDatabase database, CustomerService customers, IWorkContext workContext, IEventPublisher events) : Controller
{
    [HttpGet]
    public IActionResult Login(string? returnUrl)
    {
        ViewData["ReturnUrl"] = returnUrl;
        return View();
    }

    [HttpPost]
    public async Task<IActionResult> Login(string? email, string? returnUrl)
    {
        if (string.IsNullOrWhiteSpace(email))
            return Login(returnUrl);

        var guest = await workContext.GetCurrentCustomerAsync();
        var customer = await FindAsync(email.Trim()) ?? await customers.InsertAsync(CustomerService.RegisteredRole, created => (created.Email, created.LanguageId) = (email.Trim(), guest.LanguageId));

        // What the guest has put into the cart comes along, as in nopCommerce.
        foreach (var item in await database.ListAsync<ShoppingCartItem>(item => item.CustomerId == guest.Id && guest.Id != customer.Id))
        {
            item.CustomerId = customer.Id;
            await database.UpdateAsync(item);
        }

        var identity = new ClaimsIdentity([new Claim(ClaimTypes.NameIdentifier, customer.CustomerGuid.ToString())], CookieAuthenticationDefaults.AuthenticationScheme);
        await HttpContext.SignInAsync(new ClaimsPrincipal(identity));
        return Url.IsLocalUrl(returnUrl) ? LocalRedirect(returnUrl) : RedirectToRoute(ShopRoutes.CustomerInfo);
    }

    [HttpPost]
    public async Task<IActionResult> Logout()
    {
        Response.Cookies.Delete(WorkContext.CustomerCookie);
        await HttpContext.SignOutAsync();
        return RedirectToRoute(ShopRoutes.Homepage);
    }

    [HttpGet]
    public async Task<IActionResult> Info() => await RegisteredAsync() is { } customer ? View(customer) : Challenge();

    /// <summary>Deletes the account for good, as the owner does at the customer's request: what the shop keeps in generic attributes goes before the plugins are told.</summary>
    [HttpPost]
    public async Task<IActionResult> Delete()
    {
        if (await RegisteredAsync() is not { } customer)
            return Challenge();

        var email = customer.Email;
        foreach (var attribute in await database.ListAsync<Nop.Core.Domain.Common.GenericAttribute>(attribute => attribute.EntityId == customer.Id && attribute.KeyGroup == nameof(Customer)))
            await database.DeleteAsync(attribute);
        (customer.Email, customer.Active, customer.Deleted) = (string.Empty, false, true);
        await customers.UpdateCustomerAsync(customer);
        await events.PublishAsync(new CustomerPermanentlyDeleted(customer.Id, email));
        return await Logout();
    }

    private async Task<Customer?> RegisteredAsync() => await workContext.GetCurrentCustomerAsync() is { } customer && await customers.IsRegisteredAsync(customer) ? customer : null;

    private async Task<Customer?> FindAsync(string email)
    {
        foreach (var customer in await database.ListAsync<Customer>(customer => customer is { Deleted: false, Active: true } && customer.Email == email))
        {
            if (await customers.IsRegisteredAsync(customer))
                return customer;
        }

        return null;
    }
}
