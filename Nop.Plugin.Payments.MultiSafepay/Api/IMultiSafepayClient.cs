namespace Nop.Plugin.Payments.MultiSafepay.Api;

/// <summary>
/// The part of MultiSafepay's REST API that the plugin uses. Every call throws <see cref="MultiSafepayApiException"/> if there is no usable answer, and
/// <see cref="OperationCanceledException"/> if its <see cref="CancellationToken"/> is cancelled; a write that was cancelled may have been carried out.
/// </summary>
public interface IMultiSafepayClient
{
    /// <summary>Creates an order at MultiSafepay and returns its payment page, or what became of a payment by token. Never retried.</summary>
    Task<CreatedOrder> CreateOrderAsync(ApiCredentials credentials, OrderRequest order, CancellationToken cancellationToken);

    /// <summary>Reads the current state of an order. Retried once after a transient failure.</summary>
    Task<Transaction> GetOrderAsync(ApiCredentials credentials, string orderId, CancellationToken cancellationToken);

    /// <summary>Updates an order: shipped, shipped in part, cancelled or invoiced.</summary>
    Task<UpdatedOrder> UpdateOrderAsync(ApiCredentials credentials, string orderId, OrderUpdate update, CancellationToken cancellationToken);

    /// <summary>Refunds an order. MultiSafepay rejects a second refund of the same amount within five minutes (error 1034; API reference, Error reference).</summary>
    /// <exception cref="ArgumentException">The request has neither a positive amount nor items, and would refund the whole order.</exception>
    Task<CreatedRefund> RefundAsync(ApiCredentials credentials, string orderId, RefundRequest refund, CancellationToken cancellationToken);

    /// <summary>Withdraws a refund that is still waiting for balance or for the bank.</summary>
    /// <param name="credentials">The environment and the API key.</param>
    /// <param name="orderId">The shop's order id of the order that was to be refunded.</param>
    /// <param name="refundId">MultiSafepay's id of the refund's transaction, not the shop's id of the refund.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    Task WithdrawRefundAsync(ApiCredentials credentials, string orderId, string refundId, CancellationToken cancellationToken);

    /// <summary>Captures a card authorisation, in full or in part.</summary>
    /// <exception cref="ArgumentException">The amount is not positive.</exception>
    Task<CreatedCapture> CaptureAsync(ApiCredentials credentials, string orderId, CaptureRequest capture, CancellationToken cancellationToken);

    /// <summary>Cancels what is left of a card authorisation.</summary>
    Task ReleaseAsync(ApiCredentials credentials, string orderId, string reason, CancellationToken cancellationToken);

    /// <summary>Lists the payment methods that are active for the site. Not retried: a customer may be waiting, and the list is read again soon.</summary>
    Task<IReadOnlyList<PaymentMethod>> GetPaymentMethodsAsync(ApiCredentials credentials, PaymentMethodQuery query, CancellationToken cancellationToken);

    /// <summary>
    /// Lists the payment details that are stored for a customer, at most <see cref="MultiSafepayClient.MaxTokens"/>; empty if there are none. Not retried, because a customer may be waiting: all
    /// pages of the list together take no longer than one read.
    /// </summary>
    /// <param name="credentials">The environment and the API key.</param>
    /// <param name="reference">The shop's id of the customer, as in <see cref="CustomerDetails.Reference"/>.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    Task<IReadOnlyList<PaymentToken>> GetTokensAsync(ApiCredentials credentials, string reference, CancellationToken cancellationToken);

    /// <summary>Reads stored payment details of a customer. Retried once after a transient failure.</summary>
    /// <returns>Null if MultiSafepay knows no such token of this customer.</returns>
    Task<PaymentToken?> GetTokenAsync(ApiCredentials credentials, string reference, string token, CancellationToken cancellationToken);

    /// <summary>Changes the expiry date of a stored card.</summary>
    /// <param name="credentials">The environment and the API key.</param>
    /// <param name="reference">The shop's id of the customer.</param>
    /// <param name="token">The token.</param>
    /// <param name="expiryDate">The month as YYMM, such as <c>3012</c> for December 2030.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <exception cref="ArgumentException">The expiry date is not a month.</exception>
    Task UpdateTokenAsync(ApiCredentials credentials, string reference, string token, string expiryDate, CancellationToken cancellationToken);

    /// <summary>Removes stored payment details of a customer.</summary>
    /// <returns>False if MultiSafepay did not know the token, or knew it no longer.</returns>
    Task<bool> RemoveTokenAsync(ApiCredentials credentials, string reference, string token, CancellationToken cancellationToken);

    /// <summary>Reads the account of the API key, which is the cheapest way to test a key. Retried once after a transient failure.</summary>
    Task<Account> GetAccountAsync(ApiCredentials credentials, CancellationToken cancellationToken);
}
