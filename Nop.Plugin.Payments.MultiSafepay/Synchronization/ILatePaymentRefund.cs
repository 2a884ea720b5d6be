using Nop.Core.Domain.Orders;
using Nop.Plugin.Payments.MultiSafepay.Api;
using Nop.Plugin.Payments.MultiSafepay.Payments.Records;

namespace Nop.Plugin.Payments.MultiSafepay.Synchronization;

/// <summary>Refunds a payment that arrived after its order was cancelled, where the owner wants that. The refund itself is made by AfterSales.</summary>
public interface ILatePaymentRefund
{
    /// <summary>Refunds the payment in full, or what is left of it, unless that has happened.</summary>
    /// <exception cref="MultiSafepayApiException">MultiSafepay refused, or gave no usable answer; the refund is tried again with the next notification.</exception>
    Task GiveBackAsync(Order order, PaymentRecord record, SyncAction.RefundPayment refund, CancellationToken cancellationToken);
}
