namespace Nop.Plugin.Payments.MultiSafepay.Api;

/// <summary>Operations that are composed of the calls of <see cref="IMultiSafepayClient"/>.</summary>
public static class MultiSafepayClientExtensions
{
    /// <summary>Reads an order that may not exist yet.</summary>
    /// <returns>Null if MultiSafepay has no transaction for this order id because the customer never opened the payment page.</returns>
    /// <exception cref="MultiSafepayApiException">MultiSafepay rejected the call for another reason, or there was no usable answer.</exception>
    public static async Task<Transaction?> FindOrderAsync(this IMultiSafepayClient client, ApiCredentials credentials, string orderId, CancellationToken cancellationToken)
    {
        try
        {
            return await client.GetOrderAsync(credentials, orderId, cancellationToken);
        }
        catch (MultiSafepayApiException exception) when (exception.Code == MultiSafepayErrorCodes.OrderId)
        {
            return null;
        }
    }
}
