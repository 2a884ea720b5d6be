using System.Globalization;
using Microsoft.AspNetCore.Http;
using Nop.Core.Domain.Orders;
using Nop.Plugin.Payments.MultiSafepay.Api;
using Nop.Plugin.Payments.MultiSafepay.Payments;
using Nop.Plugin.Payments.MultiSafepay.Payments.Notices;
using Nop.Plugin.Payments.MultiSafepay.Payments.Orders;
using Nop.Plugin.Payments.MultiSafepay.Payments.Records;
using Nop.Services.Localization;
using Nop.Services.Messages;

namespace Nop.Plugin.Payments.MultiSafepay.AfterSales;

/// <summary>
/// Notices that nopCommerce has saved the result that it was given (<see cref="PendingSave"/>), so that notifications that wait for this can be applied, and tells the owner
/// that a refund was made: nopCommerce only shows the order again.
/// </summary>
public class SaveConfirmation(
    LockedOrders lockedOrders,
    OrderNotesAndLog notesAndLog,
    Deferred<INotificationService> notificationService,
    Deferred<ILocalizationService> localizationService,
    IHttpContextAccessor httpContextAccessor)
{
    /// <summary>
    /// Settles the pending save of an order that nopCommerce has saved. Never throws unless it is cancelled; a pending save that is missed here is settled later, at the latest when it is overdue.
    /// </summary>
    public async Task ConfirmAsync(Order order, CancellationToken cancellationToken)
    {
        if (!order.IsPlacedWithPlugin())
            return;
        try
        {
            if ((await lockedOrders.RecordAsync(order)).PendingSave is not { } handed)
                return;
            var settled = new PaymentRecord();
            await lockedOrders.RunAsync(order, async locked =>
            {
                var isSame = locked.Record.PendingSave?.Key == handed.Key;
                if (await locked.SettlePendingSaveAsync() && isSame)
                    settled = locked.Record;
            }, cancellationToken);
            await TellAsync(order, settled, [.. handed.Keys.Select(settled.FindRefund).OfType<RefundAttempt>().Where(refund => refund.State == RefundState.Counted)]);
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            await notesAndLog.WarnAsync(FormattableString.Invariant($"order {order.Id}: it could not be remembered yet that nopCommerce has saved the order. {exception.Message}"),
                exception is OrderBusyException ? null : exception);
        }
    }

    private async Task TellAsync(Order order, PaymentRecord record, IReadOnlyList<RefundAttempt> refunds)
    {
        if (refunds.Count == 0)
            return;
        var currency = record.Find(refunds[0].AttemptId)?.Currency;
        foreach (var refund in refunds)
            await notesAndLog.NoteAsync(order, "Refunded", MoneyText.Format(refund.Amount, currency), refund.TransactionId ?? refund.RefundOrderId);

        // Another plugin may refund where nobody sees a page.
        if (httpContextAccessor.HttpContext is null)
            return;
        var text = await localizationService.Value.GetResourceAsync($"{MultiSafepayDefaults.ResourcePrefix}.AfterSales.Refund.Done");
        notificationService.Value.SuccessNotification(EditableText.Fill(CultureInfo.InvariantCulture, text, MoneyText.Format(refunds.Sum(refund => refund.Amount), currency)));
    }
}
