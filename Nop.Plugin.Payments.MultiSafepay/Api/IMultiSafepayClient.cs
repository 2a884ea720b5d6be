namespace Nop.Plugin.Payments.MultiSafepay.Api;

/// <summary>
/// MultiSafepay's REST API, as far as the plugin uses it. Every call throws <see cref="MultiSafepayApiException"/> when there is no usable answer and
/// <see cref="OperationCanceledException"/> when its own <see cref="CancellationToken"/> is cancelled; a write cancelled that way may have been carried out.
/// </summary>
public interface IMultiSafepayClient
{
    /// <summary>Creates an order, that is: a payment page to send the customer to.</summary>
    Task<CreatedOrder> CreateOrderAsync(ApiCredentials credentials, OrderRequest order, CancellationToken cancellationToken);

    /// <summary>Reads an order as it stands now. Tried twice when the first try fails in passing.</summary>
    Task<Transaction> GetOrderAsync(ApiCredentials credentials, string orderId, CancellationToken cancellationToken);

    /// <summary>Tells MultiSafepay about an order: shipped, cancelled, invoiced.</summary>
    Task UpdateOrderAsync(ApiCredentials credentials, string orderId, OrderUpdate update, CancellationToken cancellationToken);

    /// <summary>Gives money back. A second refund of the same amount within five minutes is refused by MultiSafepay (1034).</summary>
    /// <exception cref="ArgumentException">The request names neither a positive amount nor items; sent as it is, it would refund the whole order.</exception>
    Task<CreatedRefund> RefundAsync(ApiCredentials credentials, string orderId, RefundRequest refund, CancellationToken cancellationToken);

    /// <summary>Calls off a refund that still waits for balance or for the bank.</summary>
    /// <param name="credentials">Whose.</param>
    /// <param name="orderId">The order that was to be refunded.</param>
    /// <param name="refundId">MultiSafepay's identifier of the refund's transaction, not ours.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    Task WithdrawRefundAsync(ApiCredentials credentials, string orderId, string refundId, CancellationToken cancellationToken);

    /// <summary>Takes money that a card authorisation holds.</summary>
    /// <exception cref="ArgumentException">The amount is not positive.</exception>
    Task<CreatedCapture> CaptureAsync(ApiCredentials credentials, string orderId, CaptureRequest capture, CancellationToken cancellationToken);

    /// <summary>Gives back what is left of a card authorisation.</summary>
    Task ReleaseAsync(ApiCredentials credentials, string orderId, string reason, CancellationToken cancellationToken);

    /// <summary>Lists the payment methods that are active for the site. Tried once: a customer may be waiting, and the list is asked for again soon.</summary>
    Task<IReadOnlyList<PaymentMethod>> GetPaymentMethodsAsync(ApiCredentials credentials, PaymentMethodQuery query, CancellationToken cancellationToken);

    /// <summary>Reads whom the API key belongs to; the cheapest way to test a key. Tried twice when the first try fails in passing.</summary>
    Task<Account> GetAccountAsync(ApiCredentials credentials, CancellationToken cancellationToken);
}
