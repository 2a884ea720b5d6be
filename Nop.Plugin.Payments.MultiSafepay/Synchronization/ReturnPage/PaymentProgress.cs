using Nop.Core.Domain.Orders;
using Nop.Core.Domain.Payments;
using Nop.Plugin.Payments.MultiSafepay.Payments.Transactions;
using Nop.Web.Framework.Models;

namespace Nop.Plugin.Payments.MultiSafepay.Synchronization.ReturnPage;

/// <summary>The state of a payment as shown to the customer.</summary>
public enum PaymentProgress
{
    /// <summary>Paid or authorised.</summary>
    Paid,

    /// <summary>Not confirmed yet: the bank has not decided, or the shop does not know its decision yet.</summary>
    Busy,

    /// <summary>The customer left, or the payment was cancelled, without paying.</summary>
    Left,

    /// <summary>The payment was declined.</summary>
    Declined,

    /// <summary>The payment expired.</summary>
    Expired,

    /// <summary>The order is cancelled or its payment is voided.</summary>
    Cancelled
}

/// <summary>
/// The neutral page for a visitor who is not known to be the order's customer: a sentence, without any details of the order, and a button to try the payment again.
/// </summary>
public record PaymentProgressModel : BaseNopModel
{
    /// <summary>The sentence, in the visitor's language.</summary>
    public string Message { get; init; } = string.Empty;

    /// <summary>The language of the texts, as a culture such as <c>nl-NL</c>; nopCommerce has chosen that of the page's frame before. Null if it is not known.</summary>
    public string? Language { get; init; }

    /// <summary>The order's GUID.</summary>
    public Guid OrderGuid { get; init; }

    /// <summary>The token for the button; null if there is nothing to pay.</summary>
    public string? RetryToken { get; init; }
}

/// <summary>Determines what the customer is shown.</summary>
internal static class PaymentProgresses
{
    /// <summary>The order's own state takes precedence; MultiSafepay's answer counts only while the order is pending.</summary>
    public static PaymentProgress From(Order order, TransactionState state, bool hasLeft) => order switch
    {
        { OrderStatus: OrderStatus.Cancelled } or { PaymentStatus: PaymentStatus.Voided } => PaymentProgress.Cancelled,
        { PaymentStatus: not PaymentStatus.Pending } => PaymentProgress.Paid,
        _ => state switch
        {
            TransactionState.Declined => PaymentProgress.Declined,
            TransactionState.Expired => PaymentProgress.Expired,
            TransactionState.Cancelled or TransactionState.Void => PaymentProgress.Left,
            TransactionState.Unknown or TransactionState.Initialized when hasLeft => PaymentProgress.Left,
            _ => PaymentProgress.Busy
        }
    };
}
