using Nop.Core.Domain.Orders;
using Nop.Plugin.Payments.MultiSafepay.AfterSales;
using Nop.Plugin.Payments.MultiSafepay.Api;
using Nop.Plugin.Payments.MultiSafepay.Payments.Stores;

namespace Nop.Plugin.Payments.MultiSafepay.OrderPanel;

/// <summary>The panel's buttons for a payment that was made: what MultiSafepay is told about it afterwards.</summary>
public class PanelUpdates(
    PanelReader reader,
    PanelAnswers answers,
    StoreSettings storeSettings,
    IMultiSafepayClient client,
    RefundService refundService)
{
    private const string ExtensionReason = "The order will be shipped later.";
    private const int MaxUrlLength = 500;

    /// <summary>Gives a Klarna authorisation six more weeks.</summary>
    public Task<PanelAnswer> ExtendAsync(Order order, CancellationToken cancellationToken) =>
        UpdateAsync(order, view => view.CanExtend, new OrderUpdate { ExtendExpiration = true, Reason = ExtensionReason }, "Extended", cancellationToken);

    /// <summary>Tells MultiSafepay where the shop's invoice can be read (e-invoicing).</summary>
    /// <param name="order">The order.</param>
    /// <param name="invoiceUrl">An address that begins with https.</param>
    /// <param name="cancellationToken">Ends reading; the update itself is made to its end.</param>
    public async Task<PanelAnswer> InvoiceUrlAsync(Order order, string? invoiceUrl, CancellationToken cancellationToken) =>
        Uri.TryCreate(invoiceUrl?.Trim(), UriKind.Absolute, out var url) && url.Scheme == Uri.UriSchemeHttps && url.AbsoluteUri.Length <= MaxUrlLength
            ? await UpdateAsync(order, view => view.CanSetInvoiceUrl, new OrderUpdate { InvoiceUrl = url.AbsoluteUri }, "InvoiceUrl", cancellationToken)
            : await answers.RefusedAsync("InvoiceUrl");

    /// <summary>Withdraws a refund that waits. What was begun is made to its end, whatever becomes of the page.</summary>
    /// <param name="order">The order.</param>
    /// <param name="refundId">MultiSafepay's identifier of the refund.</param>
    public Task<PanelAnswer> WithdrawRefundAsync(Order order, string? refundId) => answers.TryAsync(async () =>
    {
        if (string.IsNullOrWhiteSpace(refundId))
            return await answers.RefusedAsync("NoRefund");
        await refundService.WithdrawAsync(order, refundId, CancellationToken.None);
        return await answers.DoneAsync("Withdrawn");
    });

    private Task<PanelAnswer> UpdateAsync(Order order, Func<PanelView, bool> isAllowed, OrderUpdate update, string key, CancellationToken cancellationToken) => answers.TryAsync(async () =>
    {
        var (view, problem) = await reader.ReadAsync(order, cancellationToken);
        if (problem is not null)
            return await answers.RefusedAsync("Unreachable");
        if (!isAllowed(view))
            return await answers.RefusedAsync("NotNow");

        await client.UpdateOrderAsync(await CredentialsAsync(view), view.Attempt!.OrderId, update, CancellationToken.None);
        return await answers.DoneAsync(key);
    });

    private async Task<ApiCredentials> CredentialsAsync(PanelView view) =>
        storeSettings.Credentials(await storeSettings.ForStoreAsync(view.Order.StoreId), view.Attempt!.Environment)
            ?? throw new MultiSafepayApiException($"The shop has no API key for MultiSafepay's {view.Attempt.Environment} environment.") { Code = MultiSafepayErrorCodes.ApiKey };
}
