using Nop.Core.Domain.Orders;
using Nop.Plugin.Payments.MultiSafepay.AfterSales;
using Nop.Plugin.Payments.MultiSafepay.Api;
using Nop.Plugin.Payments.MultiSafepay.Payments.Records;
using Nop.Plugin.Payments.MultiSafepay.Payments.Stores;
using Nop.Plugin.Payments.MultiSafepay.Payments.Transactions;

namespace Nop.Plugin.Payments.MultiSafepay.OrderPanel;

/// <summary>The panel's actions for a payment that has been made.</summary>
public class PanelUpdates(
    PanelReader reader,
    PanelAnswers answers,
    StoreSettings storeSettings,
    IMultiSafepayClient client,
    RefundService refundService,
    PanelSteps steps)
{
    private const string ExtensionReason = "The order will be shipped later.";
    private const int MaxUrlLength = 500;

    /// <summary>Extends a Klarna authorisation by six weeks (OpenAPI description, Extend Klarna expiration).</summary>
    public async Task<PanelAnswer> ExtendAsync(Order order, CancellationToken cancellationToken)
    {
        var answer = await UpdateAsync(order, view => view.CanExtend, new OrderUpdate { ExtendExpiration = true, Reason = ExtensionReason }, "Extended", cancellationToken);
        return answer.IsError ? answer : await answers.TryAsync(async () =>
        {
            await steps.SaveAsync(order, RecordedStep.Extended, Extended);
            return answer;
        });
    }

    /// <summary>Sends the URL of the shop's invoice to MultiSafepay (e-invoicing).</summary>
    /// <param name="order">The order.</param>
    /// <param name="invoiceUrl">An absolute https URL of at most 500 characters. No source for the limit; chosen.</param>
    /// <param name="cancellationToken">Cancels reading; the update itself is always completed.</param>
    public async Task<PanelAnswer> InvoiceUrlAsync(Order order, string? invoiceUrl, CancellationToken cancellationToken) =>
        Uri.TryCreate(invoiceUrl?.Trim(), UriKind.Absolute, out var url) && url.Scheme == Uri.UriSchemeHttps && url.AbsoluteUri.Length <= MaxUrlLength
            ? await UpdateAsync(order, view => view.CanSetInvoiceUrl, new OrderUpdate { InvoiceUrl = url.AbsoluteUri }, "InvoiceUrl", cancellationToken)
            : await answers.RefusedAsync("InvoiceUrl");

    /// <summary>Withdraws a pending refund. Completed even if the page is closed meanwhile.</summary>
    /// <param name="order">The order.</param>
    /// <param name="refundId">MultiSafepay's id of the refund's transaction.</param>
    public Task<PanelAnswer> WithdrawRefundAsync(Order order, string? refundId) => answers.TryAsync(async () =>
    {
        if (string.IsNullOrWhiteSpace(refundId))
            return await answers.RefusedAsync("NoRefund");
        await refundService.WithdrawAsync(order, refundId, CancellationToken.None);
        await steps.TrySaveAsync(order, RecordedStep.RefundWithdrawn);
        return await answers.DoneAsync("Withdrawn");
    });

    private static PaymentRecord Extended(PaymentRecord record) => PanelView.AttemptToShow(record) is { AuthorizedUntilUtc: { } end } attempt
        ? record.With(attempt with { AuthorizedUntilUtc = end.AddDays(ShipmentDeadlines.ExtensionDays) })
        : record;

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
        storeSettings.RequireCredentials(await storeSettings.ForStoreAsync(view.Order.StoreId), view.Attempt!.Environment);
}
