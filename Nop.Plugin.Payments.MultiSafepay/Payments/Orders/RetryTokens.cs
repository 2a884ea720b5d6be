using System.Globalization;
using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;

namespace Nop.Plugin.Payments.MultiSafepay.Payments.Orders;

/// <summary>
/// Signed, expiring tokens by which a customer without a session can try the payment of one order again. They give no access to the order: the payment page is all that they lead to.
/// </summary>
public class RetryTokens(IDataProtectionProvider protection, TimeProvider timeProvider)
{
    /// <summary>The time that the customer may take from the return page to the next try.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromHours(1);

    /// <summary>Creates the token of an order.</summary>
    public string Create(Guid orderGuid) =>
        Protector(orderGuid).Protect((timeProvider.GetUtcNow() + Lifetime).ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture));

    /// <summary>Whether the token was created for the order and has not expired.</summary>
    public bool IsValid(Guid orderGuid, string? token)
    {
        if (string.IsNullOrEmpty(token))
            return false;
        try
        {
            return long.TryParse(Protector(orderGuid).Unprotect(token), NumberStyles.None, CultureInfo.InvariantCulture, out var ends)
                && ends > timeProvider.GetUtcNow().ToUnixTimeSeconds();
        }
        catch (CryptographicException)
        {
            return false;
        }
    }

    private IDataProtector Protector(Guid orderGuid) => protection.CreateProtector(MultiSafepayDefaults.SystemName, nameof(RetryTokens), orderGuid.ToString("N"));
}
