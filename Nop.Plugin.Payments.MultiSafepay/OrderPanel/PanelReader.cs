using Nop.Core.Domain.Orders;
using Nop.Plugin.Payments.MultiSafepay.Api;
using Nop.Plugin.Payments.MultiSafepay.Payments.Orders;
using Nop.Plugin.Payments.MultiSafepay.Payments.Records;
using Nop.Plugin.Payments.MultiSafepay.Payments.Stores;
using Nop.Plugin.Payments.MultiSafepay.Payments.Transactions;
using Nop.Services.Orders;

namespace Nop.Plugin.Payments.MultiSafepay.OrderPanel;

/// <summary>
/// Reads the data of the panel. It changes nothing: the payment that is read from MultiSafepay is shown, and is applied to the order only by <see cref="PanelActions.RefreshAsync"/>.
/// </summary>
public class PanelReader(
    IOrderService orderService,
    PaymentRecordStore recordStore,
    StoreSettings storeSettings,
    PaymentReader reader,
    TimeProvider timeProvider)
{
    /// <summary>The time that the panel waits for MultiSafepay before it shows the payment record only.</summary>
    public static readonly TimeSpan ReadTimeout = TimeSpan.FromSeconds(4);

    /// <summary>Returns the order if its payment method is this plugin and it is not deleted; null otherwise.</summary>
    public async Task<Order?> FindAsync(int orderId) =>
        await orderService.GetOrderByIdAsync(orderId) is { } order && order.IsOurs() ? order : null;

    /// <summary>Returns the view of the payment record, without an API call.</summary>
    /// <exception cref="System.Text.Json.JsonException">The stored text is not a valid record.</exception>
    public async Task<PanelView> ReadRecordedAsync(Order order) => new(order, await recordStore.LoadAsync(order), null, timeProvider.GetUtcNow().UtcDateTime);

    /// <summary>Reads the payment from MultiSafepay.</summary>
    /// <returns>The view, and the key of the problem below <c>Panel.Problem.</c>; null for none.</returns>
    public async Task<(PanelView View, string? Problem)> ReadAsync(Order order, CancellationToken cancellationToken)
    {
        var view = await ReadRecordedAsync(order);
        if (view.Attempt is not { } attempt)
            return (view, null);

        var settings = await storeSettings.ForStoreAsync(order.StoreId);
        if (storeSettings.Credentials(settings, attempt.Environment) is null)
            return (view, "NoApiKey");

        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        timeout.CancelAfter(ReadTimeout);
        try
        {
            // MultiSafepay has no transaction if nobody has opened the payment page yet, or if the attempt never reached MultiSafepay.
            return (view with { Transaction = (await reader.PullAsync(order, settings, attempt, timeout.Token))?.Whole }, null);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return (view, "Slow");
        }
        catch (MultiSafepayApiException exception)
        {
            return (view, exception.Code == MultiSafepayErrorCodes.ApiKey ? "WrongApiKey" : "Unreachable");
        }
    }
}
