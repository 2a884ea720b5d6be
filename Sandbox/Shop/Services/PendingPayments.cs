using System.Text.Json;
using Nop.Core.Domain.Payments;
using Nop.Services.Payments;
using Sandbox.Shop.Data;

namespace Sandbox.Shop.Services;

/// <summary>
/// The payment request between the payment details and the order. It is kept as JSON with the customer, so nothing secret may be in it; a second attempt within a few
/// minutes keeps the order GUID of the first.
/// </summary>
internal sealed class PendingPayments(Carts carts, PaymentSettings settings, TimeProvider time)
{
    public async Task<ProcessPaymentRequest?> GetAsync(int customerId, int storeId) => Read(await carts.GetChoicesAsync(customerId, storeId));

    public async Task SetAsync(int customerId, int storeId, ProcessPaymentRequest request)
    {
        var choices = await carts.GetChoicesAsync(customerId, storeId);
        var now = time.GetUtcNow().UtcDateTime;
        var earlier = Read(choices);
        if (earlier?.OrderGuidGeneratedOnUtc is { } made && (now - made).TotalSeconds < settings.RegenerateOrderGuidInterval)
        {
            request.OrderGuid = earlier.OrderGuid;
            request.OrderGuidGeneratedOnUtc = made;
        }
        else
        {
            request.OrderGuid = Guid.NewGuid();
            request.OrderGuidGeneratedOnUtc = now;
        }

        choices.PaymentRequestJson = JsonSerializer.Serialize(request);
        await carts.SaveChoicesAsync(choices);
    }

    /// <summary>The request that is kept with the choices; null if there is none.</summary>
    public static ProcessPaymentRequest? Read(CheckoutChoices choices) =>
        choices.PaymentRequestJson.Length == 0 ? null : JsonSerializer.Deserialize<ProcessPaymentRequest>(choices.PaymentRequestJson);
}
