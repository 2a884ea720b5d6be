using Nop.Core.Domain.Orders;
using Nop.Plugin.Payments.MultiSafepay.Api;
using Nop.Plugin.Payments.MultiSafepay.Payments.Orders;
using Nop.Plugin.Payments.MultiSafepay.Payments.Records;
using Nop.Plugin.Payments.MultiSafepay.Payments.Stores;
using Nop.Plugin.Payments.MultiSafepay.Payments.Transactions;
using Nop.Services.Orders;

namespace Nop.Plugin.Payments.MultiSafepay.OrderPanel;

/// <summary>
/// Finds what the panel shows. It reads and changes nothing: what MultiSafepay says here is shown, and applied only when the owner presses the button for it.
/// </summary>
public class PanelReader(
    IOrderService orderService,
    PaymentRecordStore recordStore,
    StoreSettings storeSettings,
    PaymentReader reader,
    TimeProvider timeProvider)
{
    /// <summary>How long the panel waits for MultiSafepay before it shows what the shop remembers.</summary>
    public static readonly TimeSpan ReadTimeout = TimeSpan.FromSeconds(4);

    /// <summary>The order, if it was paid, or is to be paid, with this plugin.</summary>
    public async Task<Order?> FindAsync(int orderId) =>
        await orderService.GetOrderByIdAsync(orderId) is { } order && order.IsOurs() ? order : null;

    /// <summary>What the shop remembers, without asking MultiSafepay.</summary>
    /// <exception cref="System.Text.Json.JsonException">The stored text is not a record.</exception>
    public async Task<PanelView> RememberAsync(Order order) => new(order, await recordStore.LoadAsync(order), null, timeProvider.GetUtcNow().UtcDateTime);

    /// <summary>What MultiSafepay says, or why it could not be asked.</summary>
    /// <returns>The view, and the key of the problem below <c>Panel.Problem.</c>, or null.</returns>
    public async Task<(PanelView View, string? Problem)> ReadAsync(Order order, CancellationToken cancellationToken)
    {
        var view = await RememberAsync(order);
        if (view.Attempt is not { } attempt)
            return (view, null);

        var settings = await storeSettings.ForStoreAsync(order.StoreId);
        if (storeSettings.Credentials(settings, attempt.Environment) is null)
            return (view, "NoApiKey");

        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        timeout.CancelAfter(ReadTimeout);
        try
        {
            // Nothing is known there when nobody has opened the payment page yet, or when the attempt never reached MultiSafepay.
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
