using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Http;
using Nop.Plugin.Payments.MultiSafepay.Payments.Records;

namespace Nop.Plugin.Payments.MultiSafepay.Checkout.Methods;

/// <summary>
/// Carries <see cref="RequiredCustomerData"/> from the payment step to the request that is made two pages later, in an encrypted cookie of the customer's own browser.
/// </summary>
/// <remarks>
/// Why not where a payment plugin of nopCommerce would put it: the pending payment request is a database row since 4.90 and its custom values end in the
/// order; the session is a row of SQL Server or Redis where the shop runs with such a cache. The cookie leaves no trace in the shop, works on every node of a
/// web farm because nopCommerce shares the keys, and is unreadable for everybody else: scripts, the customer's extensions, and another customer's account.
/// It ends with the payment, or by itself after <see cref="Lifetime"/>; then MultiSafepay asks the customer for what is missing.
/// </remarks>
public class RequiredCustomerDataCookie(IDataProtectionProvider protection, IHttpContextAccessor httpContextAccessor, TimeProvider timeProvider)
{
    /// <summary>The cookie's name.</summary>
    public const string Name = ".MultiSafepay.Facts";

    /// <summary>How long a customer may take from the payment step to the confirmation.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(30);

    /// <summary>Keeps the facts in the response; without any, forgets those of an earlier choice.</summary>
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

    /// <summary>The facts that this customer filled in for this method, or null.</summary>
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
            // Somebody else's, or one whose keys are gone.
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

    // Without an expiry: it also ends with the browser.
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
