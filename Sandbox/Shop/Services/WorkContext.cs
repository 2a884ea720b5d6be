using System.Globalization;
using System.Security.Claims;
using Nop.Core;
using Nop.Core.Domain.Customers;
using Nop.Core.Domain.Directory;
using Nop.Core.Domain.Localization;
using Nop.Core.Domain.Tax;
using Nop.Services.Localization;
using Sandbox.Shop.Hosting;

namespace Sandbox.Shop.Services;

/// <summary>
/// Who is at the keys. Asking it on a request without a customer cookie makes a guest and sets the cookie, and setting a customer writes that customer's cookie:
/// the two traps of the real one that a webhook has to step around.
/// </summary>
internal sealed class WorkContext(
    IHttpContextAccessor http,
    CustomerService customers,
    ILanguageService languages,
    CurrencyService currencies,
    IStoreContext stores,
    TaxSettings taxSettings) : IWorkContext
{
    public const string CustomerCookie = ".Nop.Customer";
    public const string CultureCookie = ".Nop.Culture";
    public const string AdministratorSystemName = "SandboxAdministrator";
    public const string ScheduleTaskPath = "/scheduletask/runtask";

    private Customer? _customer;
    private Language? _language;
    private Currency? _currency;

    private HttpContext? Http => http.HttpContext;

    private bool IsAdminArea => Http?.Request.Path.StartsWithSegments("/Admin", StringComparison.OrdinalIgnoreCase) ?? false;

    /// <summary>In the sandbox nobody takes a customer's place.</summary>
    public Customer? OriginalCustomerIfImpersonated => null;

    public async Task<Customer> GetCurrentCustomerAsync()
    {
        if (_customer is null)
            await SetCurrentCustomerAsync();
        return _customer!;
    }

    public async Task SetCurrentCustomerAsync(Customer? customer = null)
    {
        if (customer is null && IsAdminArea)
        {
            // The sandbox's admin pages have no login: whoever opens them (from this machine only) is the administrator. The shopper's cookie stays as it is.
            _customer = await customers.GetCustomerBySystemNameAsync(AdministratorSystemName);
            return;
        }

        customer ??= await FindCustomerAsync() ?? await customers.InsertGuestCustomerAsync();
        if (customer is { Deleted: false, Active: true, RequireReLogin: false })
        {
            WriteCookie(CustomerCookie, customer.CustomerGuid.ToString(), httpOnly: true);
            _customer = customer;
        }
    }

    public async Task<Language> GetWorkingLanguageAsync()
    {
        if (_language is not null)
            return _language;

        var customer = await GetCurrentCustomerAsync();
        var store = await stores.GetCurrentStoreAsync();
        var all = await languages.GetAllLanguagesAsync();
        var language = all.FirstOrDefault(language => language.UniqueSeoCode == Http?.Request.RouteValues[ShopRoutes.LanguageKey] as string)
            ?? all.FirstOrDefault(language => language.Id == customer.LanguageId)
            ?? all.FirstOrDefault(language => language.Id == store.DefaultLanguageId)
            ?? all[0];
        if (customer.LanguageId != language.Id)
        {
            customer.LanguageId = language.Id;
            await customers.UpdateCustomerAsync(customer);
        }

        WriteLanguageCookie(language);
        return _language = language;
    }

    public async Task SetWorkingLanguageAsync(Language language)
    {
        var customer = await GetCurrentCustomerAsync();
        customer.LanguageId = language.Id;
        await customers.UpdateCustomerAsync(customer);
        WriteLanguageCookie(language);
        _language = null;
    }

    public async Task<Currency> GetWorkingCurrencyAsync()
    {
        if (_currency is not null)
            return _currency;
        if (IsAdminArea)
            return _currency = await currencies.GetPrimaryAsync();
        var customer = await GetCurrentCustomerAsync();
        var chosen = customer.CurrencyId is { } id ? await currencies.GetCurrencyByIdAsync(id) : null;
        return _currency = chosen is { Published: true } ? chosen : await currencies.GetPrimaryAsync();
    }

    public async Task SetWorkingCurrencyAsync(Currency currency)
    {
        var customer = await GetCurrentCustomerAsync();
        customer.CurrencyId = currency.Id;
        await customers.UpdateCustomerAsync(customer);
        _currency = null;
    }

    public Task<TaxDisplayType> GetTaxDisplayTypeAsync() => Task.FromResult(taxSettings.TaxDisplayType);

    private async Task<Customer?> FindCustomerAsync()
    {
        if (Http is null || Http.Request.Path.Equals(ScheduleTaskPath, StringComparison.OrdinalIgnoreCase))
            return await customers.GetOrCreateBackgroundTaskUserAsync();

        // Who is signed in, and otherwise a guest: nobody is taken for a registered customer by the cookie of guests.
        if (Guid.TryParse(Http.User.FindFirstValue(ClaimTypes.NameIdentifier), out var signedIn)
            && await customers.GetCustomerByGuidAsync(signedIn) is { Deleted: false, Active: true } registered)
            return registered;

        return Guid.TryParse(Http.Request.Cookies[CustomerCookie], out var guid)
            && await customers.GetCustomerByGuidAsync(guid) is { Deleted: false, Active: true } known
            && !await customers.IsRegisteredAsync(known)
            ? known
            : null;
    }

    private void WriteLanguageCookie(Language language) =>
        WriteCookie(CultureCookie, $"c={language.LanguageCulture}|uic={CultureInfo.GetCultureInfo(language.LanguageCulture).Name}", httpOnly: false);

    private void WriteCookie(string name, string value, bool httpOnly)
    {
        if (Http is not { Response.HasStarted: false } context || IsAdminArea)
            return;
        context.Response.Cookies.Delete(name);
        context.Response.Cookies.Append(name, value, new CookieOptions { HttpOnly = httpOnly, Expires = DateTimeOffset.UtcNow.AddDays(365), Secure = context.Request.IsHttps });
    }
}
