using Nop.Plugin.Payments.MultiSafepay.Api;
using Nop.Plugin.Payments.MultiSafepay.Payments.Transactions;

namespace Nop.Plugin.Payments.MultiSafepay.Checkout.Methods;

/// <summary>Which payment methods can pay for a subscription (docs.multisafepay.com, Recurring payments).</summary>
public static class SubscriptionMethods
{
    /// <summary>MultiSafepay's code of SEPA direct debit, by which the later payments are made after iDEAL and Bancontact.</summary>
    public const string DirectDebit = "DIRDEB";

    private static readonly string[] _bankMethods = ["IDEAL", "MISTERCASH"];

    /// <summary>Whether the account can charge again what was paid with a method (<c>tokenization.models.subscription</c> of GET payment-methods).</summary>
    /// <param name="method">The method.</param>
    /// <param name="catalogue">The account's methods.</param>
    public static bool IsPossible(PaymentMethod method, Catalogue catalogue) =>
        method.Tokenization is { IsEnabled: true, Models.Subscription: true } && CardMethods.WalletName(method.Id) is null
        && (CardMethods.Contains(method.Id) || IsDirectDebit(method.Id)
            || (_bankMethods.Contains(method.Id, StringComparer.OrdinalIgnoreCase) && catalogue.Find(DirectDebit) is not null));

    /// <summary>Whether the later payments are direct debits, of which it is known only days later whether they are paid.</summary>
    /// <param name="code">MultiSafepay's code of the method; null if it is not known.</param>
    public static bool IsBankAccount(string? code) => IsDirectDebit(code) || _bankMethods.Contains(code, StringComparer.OrdinalIgnoreCase);

    private static bool IsDirectDebit(string? code) => string.Equals(code, DirectDebit, StringComparison.OrdinalIgnoreCase);
}

/// <summary>Recognises the orders of subscriptions. Asked before the first payment of an order is started.</summary>
public interface ISubscriptionOrders
{
    /// <summary>Whether an order is the first or a later one of a subscription (a recurring payment of nopCommerce).</summary>
    Task<bool> ContainAsync(Nop.Core.Domain.Orders.Order order);
}
