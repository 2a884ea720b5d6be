using System.Collections.Frozen;
using Nop.Plugin.Payments.MultiSafepay.Api;

namespace Nop.Plugin.Payments.MultiSafepay.Checkout.Request;

/// <summary>Maps MultiSafepay's error codes to the resource keys of the texts for the shop owner and the customer.</summary>
public static class ApiErrorTexts
{
    private const string StartFailed = "StartFailed";
    private const string OtherMethod = "OtherMethod";

    // Keys below "Customer.": what the customer can do. If the shop or the account is at fault, the customer can only try again later.
    private static readonly FrozenDictionary<int, string> _customer = new Dictionary<int, string>
    {
        [MultiSafepayErrorCodes.Amount] = OtherMethod,
        [MultiSafepayErrorCodes.Currency] = OtherMethod,
        [MultiSafepayErrorCodes.OrderId] = StartFailed,
        [MultiSafepayErrorCodes.IpAddress] = StartFailed,
        [MultiSafepayErrorCodes.Description] = StartFailed,
        [MultiSafepayErrorCodes.Country] = OtherMethod,
        [MultiSafepayErrorCodes.SiteInactive] = StartFailed,
        [MultiSafepayErrorCodes.AccountBlocked] = StartFailed,
        [MultiSafepayErrorCodes.MethodUnavailable] = OtherMethod,
        [MultiSafepayErrorCodes.Declined] = "Declined",
        [MultiSafepayErrorCodes.CartAmount] = StartFailed,
        [MultiSafepayErrorCodes.CartTaxRate] = StartFailed,
        [MultiSafepayErrorCodes.CartItemTaxRate] = OtherMethod,
        [MultiSafepayErrorCodes.CartItemCurrency] = StartFailed,
        [MultiSafepayErrorCodes.CartItemPrice] = StartFailed,
        [MultiSafepayErrorCodes.ApiKey] = StartFailed,
        [MultiSafepayErrorCodes.Refund] = StartFailed
    }.ToFrozenDictionary();

    /// <summary>The error codes that have a text of their own.</summary>
    public static IReadOnlyCollection<int> Codes => _customer.Keys;

    /// <summary>The key of the order note, below <c>Note.</c> Its arguments are the error code and MultiSafepay's error text.</summary>
    public static string NoteFor(MultiSafepayApiException exception) => exception switch
    {
        { Code: { } code } when _customer.ContainsKey(code) => FormattableString.Invariant($"Error.{code}"),
        { IsTransient: true } => "Start.Unreachable",
        _ => "Start.Refused"
    };

    /// <summary>The key of the customer's message, below <c>Customer.</c></summary>
    public static string CustomerMessageFor(MultiSafepayApiException exception) =>
        exception.Code is { } code ? _customer.GetValueOrDefault(code, StartFailed) : StartFailed;
}
