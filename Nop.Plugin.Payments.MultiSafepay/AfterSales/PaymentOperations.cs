using System.Globalization;
using Nop.Core.Domain.Orders;
using Nop.Core.Domain.Payments;
using Nop.Plugin.Payments.MultiSafepay.Api;
using Nop.Plugin.Payments.MultiSafepay.Payments.Notices;
using Nop.Plugin.Payments.MultiSafepay.Payments.Orders;
using Nop.Services.Localization;
using Nop.Services.Payments;

namespace Nop.Plugin.Payments.MultiSafepay.AfterSales;

/// <summary>
/// Refund, capture and void as nopCommerce requests them: returns the results of the services in nopCommerce's types, and errors in the owner's language. Every result
/// contains the payment status, because nopCommerce's default would set the order back to pending.
/// </summary>
public class PaymentOperations(RefundService refundService, CaptureService captureService, OrderNotesAndLog notesAndLog, ILocalizationService localizationService)
{
    /// <summary>Refunds an amount, which is in the primary store currency; <see cref="RefundService"/> explains what an error can mean.</summary>
    public async Task<RefundPaymentResult> RefundAsync(RefundPaymentRequest request, CancellationToken cancellationToken)
    {
        var result = new RefundPaymentResult { NewPaymentStatus = request.Order.PaymentStatus };
        var error = await TryAsync(request.Order, async () =>
            result.NewPaymentStatus = await refundService.RefundAsync(request.Order, request.AmountToRefund, cancellationToken));
        if (error is not null)
            result.AddError(error);
        return result;
    }

    /// <summary>Captures what is left of an authorisation, up to the order's current total.</summary>
    public async Task<CapturePaymentResult> CaptureAsync(CapturePaymentRequest request, CancellationToken cancellationToken)
    {
        var result = new CapturePaymentResult { NewPaymentStatus = request.Order.PaymentStatus };
        var error = await TryAsync(request.Order, async () =>
        {
            var capture = await captureService.CaptureAsync(request.Order, cancellationToken);
            result.NewPaymentStatus = PaymentStatus.Paid;
            result.CaptureTransactionId = capture.TransactionId;
            result.CaptureTransactionResult = capture.OrderId;
        });
        if (error is not null)
            result.AddError(error);
        return result;
    }

    /// <summary>Releases an authorisation.</summary>
    public async Task<VoidPaymentResult> VoidAsync(VoidPaymentRequest request, CancellationToken cancellationToken)
    {
        var result = new VoidPaymentResult { NewPaymentStatus = request.Order.PaymentStatus };
        var error = await TryAsync(request.Order, async () =>
        {
            await captureService.VoidAsync(request.Order, cancellationToken);
            result.NewPaymentStatus = PaymentStatus.Voided;
        });
        if (error is not null)
            result.AddError(error);
        return result;
    }

    /// <summary>The text about a failure of these services, in the owner's language.</summary>
    /// <param name="exception">An <see cref="AfterSalesException"/>, <see cref="MultiSafepayApiException"/> or <see cref="OrderBusyException"/>.</param>
    public async Task<string> TextAsync(Exception exception)
    {
        var meaning = exception switch
        {
            AfterSalesException known => known,
            MultiSafepayApiException refused => RefundRules.Explain(refused),
            _ => new AfterSalesException("Busy")
        };
        var text = await localizationService.GetResourceAsync($"{MultiSafepayDefaults.ResourcePrefix}.AfterSales.{meaning.Resource}");
        return EditableText.Fill(CultureInfo.InvariantCulture, text, [.. meaning.Arguments]);
    }

    private async Task<string?> TryAsync(Order order, Func<Task> work)
    {
        try
        {
            await work();
            return null;
        }
        catch (Exception exception) when (exception is AfterSalesException or MultiSafepayApiException or OrderBusyException)
        {
            // nopCommerce writes the text to a note and to the log; MultiSafepay's own answer is logged in addition.
            if (exception is MultiSafepayApiException)
                await notesAndLog.WarnAsync(FormattableString.Invariant($"order {order.Id}: {exception.Message}"));
            return await TextAsync(exception);
        }
    }
}
