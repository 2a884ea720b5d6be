using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Http;
using Nop.Plugin.Payments.MultiSafepay.Payments.Records;

namespace Nop.Plugin.Payments.MultiSafepay.Checkout.Methods;

/// <summary>
/// Passes <see cref="RequiredCustomerData"/> from the payment step to the request that is made two pages later, in an encrypted cookie in the customer's own browser.
/// </summary>
/// <remarks>
/// It is not stored where payment plugins usually put such data, because the pending payment request is a database row since nopCommerce 4.90 and its custom values
/// are saved with the order, and because the session may be stored in SQL Server or Redis. The cookie leaves no trace in the shop, works on every node of a web farm
/// because nopCommerce shares the keys, and cannot be read by scripts, browser extensions or another customer's account. It is removed when the payment is started,
/// or expires after <see cref="Lifetime"/>; MultiSafepay then asks the customer for the missing data.
/// </remarks>
public class RequiredCustomerDataCookie(IDataProtectionProvider protection, IHttpContextAccessor httpContextAccessor, TimeProvider timeProvider)
{
    /// <summary>The name of the cookie.</summary>
    public const string Name = ".MultiSafepay.Facts";

    /// <summary>The time that a customer may take from the payment step to the confirmation.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(30);

    /// <summary>Adds the cookie to the response; without data, removes the cookie of an earlier choice.</summary>
    public void Keep(int customerId, string gateway, RequiredCustomerData facts)
    {
        if (facts == new RequiredCustomerData())
        {
            Forget();
            return;
        }

        if (httpContextAccessor.HttpContext is not { } http)
            return;
        var contents = new Contents(gateway, timeProvider.GetUtcNow() + Lifetime, facts);
        var text = Protector(customerId).Protect(JsonSerializer.Serialize(contents, StoredJson.Options));
        http.Response.Cookies.Append(Name, text, Options(http));
    }

    /// <summary>Returns the data that this customer entered for this method; null for none.</summary>
    public RequiredCustomerData? Read(int customerId, string gateway)
    {
        if (httpContextAccessor.HttpContext?.Request.Cookies[Name] is not { Length: > 0 } text)
            return null;

        try
        {
            var contents = JsonSerializer.Deserialize<Contents>(Protector(customerId).Unprotect(text), StoredJson.Options);
            return contents is not null && contents.Gateway == gateway && contents.Ends > timeProvider.GetUtcNow() ? contents.Facts : null;
        }
        catch (Exception exception) when (exception is CryptographicException or JsonException)
        {
            // The cookie belongs to another customer, or its encryption keys no longer exist.
            return null;
        }
    }

    /// <summary>Removes the cookie from the customer's browser.</summary>
    public void Forget()
    {
        if (httpContextAccessor.HttpContext is { } http && http.Request.Cookies.ContainsKey(Name))
            http.Response.Cookies.Delete(Name, Options(http));
    }

    private IDataProtector Protector(int customerId) =>
        protection.CreateProtector(MultiSafepayDefaults.SystemName, nameof(RequiredCustomerData), FormattableString.Invariant($"{customerId}"));

    // No expiry date, so that the cookie is also removed when the browser is closed.
    private static CookieOptions Options(HttpContext http) => new()
    {
        HttpOnly = true,
        IsEssential = true,
        SameSite = SameSiteMode.Lax,
        Secure = http.Request.IsHttps,
        Path = http.Request.PathBase.HasValue ? http.Request.PathBase.Value : "/"
    };

    internal sealed record Contents(string Gateway, DateTimeOffset Ends, RequiredCustomerData Facts);
}
