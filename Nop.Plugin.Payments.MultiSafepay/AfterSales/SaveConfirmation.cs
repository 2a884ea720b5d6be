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
    MadeRefunds madeRefunds,
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
            if ((await lockedOrders.RecordAsync(order)).PendingSave is not null)
                await lockedOrders.RunAsync(order, locked => locked.SettlePendingSaveAsync(), cancellationToken);
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            await notesAndLog.WarnAsync(FormattableString.Invariant($"order {order.Id}: it could not be remembered yet that nopCommerce has saved the order. {exception.Message}"),
                exception is OrderBusyException ? null : exception);
        }
    }

    /// <summary>Tells the owner that the refund of this request was made, by a note and a message on the next page. Does nothing if there is none.</summary>
    public async Task TellOfRefundAsync(Order order)
    {
        if (madeRefunds.Take(order.Id) is not var (refunds, currency))
            return;
        foreach (var refund in refunds)
            await notesAndLog.NoteAsync(order, "Refunded", MoneyText.Format(refund.Amount, currency), refund.TransactionId ?? refund.RefundOrderId);

        // Another plugin may refund where nobody sees a page.
        if (httpContextAccessor.HttpContext is null)
            return;
        try
        {
            var text = await localizationService.Value.GetResourceAsync($"{MultiSafepayDefaults.ResourcePrefix}.AfterSales.Refund.Done");
            notificationService.Value.SuccessNotification(EditableText.Fill(CultureInfo.InvariantCulture, text, MoneyText.Format(refunds.Sum(refund => refund.Amount), currency)));
        }
        catch (Exception exception)
        {
            await notesAndLog.WarnAsync(FormattableString.Invariant($"order {order.Id}: the page could not say that the refund was made. {exception.Message}"), exception);
        }
    }
}
