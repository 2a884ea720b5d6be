namespace Nop.Plugin.Payments.MultiSafepay.Api;

/// <summary>What can be asked of MultiSafepay by its other calls.</summary>
public static class MultiSafepayClientExtensions
{
    /// <summary>Reads an order that may not be there yet.</summary>
    /// <returns>Null when MultiSafepay knows no transaction under this order id, because the customer never opened the payment page.</returns>
    /// <exception cref="MultiSafepayApiException">MultiSafepay refused for another reason, or gave no usable answer.</exception>
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
