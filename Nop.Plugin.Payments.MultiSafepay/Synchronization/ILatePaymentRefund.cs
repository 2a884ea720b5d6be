using Nop.Core.Domain.Orders;
using Nop.Plugin.Payments.MultiSafepay.Api;
using Nop.Plugin.Payments.MultiSafepay.Payments.Records;

namespace Nop.Plugin.Payments.MultiSafepay.Synchronization;

/// <summary>Refunds a payment that arrived after its order was cancelled, if the owner has chosen that. The implementation is in AfterSales.</summary>
public interface ILatePaymentRefund
{
    /// <summary>Refunds the payment, or what is left of it. Idempotent: does nothing if that has already been refunded.</summary>
    /// <exception cref="MultiSafepayApiException">MultiSafepay rejected the refund or gave no usable answer; it is retried with the next notification.</exception>
    Task GiveBackAsync(Order order, PaymentRecord record, SyncAction.RefundPayment refund, CancellationToken cancellationToken);
}
