using Nop.Core.Domain.Orders;
using Nop.Core.Domain.Payments;
using Nop.Plugin.Payments.MultiSafepay.Payments.Transactions;
using Nop.Web.Framework.Models;

namespace Nop.Plugin.Payments.MultiSafepay.Synchronization.ReturnPage;

/// <summary>How a payment stands, as the customer is told.</summary>
public enum PaymentProgress
{
    /// <summary>Paid or authorised.</summary>
    Paid,

    /// <summary>The bank has not decided yet.</summary>
    Busy,

    /// <summary>The customer left without paying.</summary>
    Left,

    /// <summary>Refused.</summary>
    Declined,

    /// <summary>Too late.</summary>
    Expired,

    /// <summary>The order is cancelled or its payment voided.</summary>
    Cancelled
}

/// <summary>What the neutral page shows to a visitor who is not known to be the order's customer: a sentence, and nothing of the order.</summary>
public record PaymentProgressModel : BaseNopModel
{
    /// <summary>The sentence, localized.</summary>
    public string Message { get; init; } = string.Empty;
}

/// <summary>Works out what the customer is told.</summary>
internal static class PaymentProgresses
{
    /// <summary>The order's own state leads; what MultiSafepay said counts while the order is still open.</summary>
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
