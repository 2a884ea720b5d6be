using System.Text.Json;
using Microsoft.AspNetCore.Mvc;
using Nop.Core.Domain.Orders;
using Nop.Core.Domain.Payments;
using Nop.Plugin.Payments.MultiSafepay.Payments.Notices;
using Nop.Plugin.Payments.MultiSafepay.Payments.Records;
using Nop.Plugin.Payments.MultiSafepay.Payments.Transactions;
using Nop.Plugin.Payments.MultiSafepay.Synchronization.ReturnPage;
using Nop.Services.Payments;
using Nop.Web.Framework.Components;
using Nop.Web.Framework.Models;

namespace Nop.Plugin.Payments.MultiSafepay.OrderPanel;

/// <summary>
/// The payment on the customer's order page: a sentence based on the payment record, so that the page waits for no API call. The button to pay is nopCommerce's own,
/// on the same page.
/// </summary>
public class OrderPaymentViewComponent(PanelReader reader, PanelText text, IPaymentService paymentService, CartRestoration cartRestoration) : NopViewComponent
{
    /// <summary>Renders the sentence for orders that are paid with this plugin.</summary>
    /// <param name="widgetZone">The widget zone.</param>
    /// <param name="additionalData">The model of the page, of which only the order id is used. nopCommerce has checked that the order is the customer's.</param>
    public async Task<IViewComponentResult> InvokeAsync(string widgetZone, object? additionalData = null)
    {
        if (additionalData is not BaseNopEntityModel { Id: > 0 } page || await reader.FindAsync(page.Id) is not { } order)
            return Content(string.Empty);

        PanelView view;
        try
        {
            view = await reader.ReadRecordedAsync(order);
        }
        catch (JsonException)
        {
            // The payment record is corrupt; the customer's page must open all the same.
            return Content(string.Empty);
        }

        var state = State(order, view);
        var isTold = state is "Open" or "Declined" or "Expired" or "Busy" or "Cancelled" && ToldCustomer.Has(ViewContext.TempData, order);
        var hint = !isTold && state is "Open" or "Declined" or "Expired" or "BankTransfer" && await paymentService.CanRePostProcessPaymentAsync(order)
            ? await text.OfAsync(state == "BankTransfer" ? "OrderPage.OtherMethod" : "OrderPage.Retry", await text.ButtonAsync())
            : string.Empty;
        return View($"{MultiSafepayDefaults.ViewsFolder}Public/OrderPayment.cshtml", new OrderPaymentModel
        {
            State = state,
            Message = isTold ? string.Empty : await text.OfAsync($"OrderPage.{state}", PanelText.Minor(view.Attempt?.Amount, view.Attempt?.Currency)),
            Hint = hint,
            Means = view.State.IsFunded() ? PaymentMeans.Text(view.Means) : string.Empty,
            Transfer = state == "BankTransfer" && view.Attempt?.Transfer is { } transfer ? await TransferAsync(transfer, view.Attempt) : [],
            CartPath = cartRestoration.IsOffered(order, view.Record) ? $"~/{MultiSafepayDefaults.Routes.Cart}/{order.OrderGuid:D}" : null,
            CancelsOrder = order.OrderStatus != OrderStatus.Cancelled
        });
    }

    private async Task<IReadOnlyList<PanelFact>> TransferAsync(TransferInstructions transfer, PaymentAttempt attempt)
    {
        List<PanelFact> rows = [];
        foreach (var (label, value) in new[]
        {
            ("Amount", PanelText.Minor(attempt.Amount, attempt.Currency)), ("Iban", transfer.IbanInGroups()), ("Bic", transfer.Bic), ("Holder", transfer.Holder), ("Reference", transfer.Reference)
        })
        {
            if (!string.IsNullOrEmpty(value))
                rows.Add(new PanelFact(await text.OfAsync($"OrderPage.Transfer.{label}"), value));
        }

        return rows;
    }

    /// <summary>
    /// What the customer reads, as the end of a key below <c>OrderPage.</c> The order takes precedence, except over a payment that it counts and that has gone; MultiSafepay's status is used
    /// only while the order is pending. A pure function.
    /// </summary>
    internal static string State(Order order, PanelView view) => order switch
    {
        _ when PaymentSituations.Of(view) is PaymentSituation.Chargeback or PaymentSituation.Lost => "TakenBack",
        { PaymentStatus: PaymentStatus.Paid } => "Paid",
        { PaymentStatus: PaymentStatus.Authorized } => "Authorized",
        { PaymentStatus: PaymentStatus.Refunded } => "Refunded",
        { PaymentStatus: PaymentStatus.PartiallyRefunded } => "PartlyRefunded",
        { PaymentStatus: PaymentStatus.Voided } or { OrderStatus: OrderStatus.Cancelled } => "Cancelled",
        _ => view.State switch
        {
            TransactionState.Declined => "Declined",
            TransactionState.Expired => "Expired",
            TransactionState.Unknown or TransactionState.Initialized when view.Attempt?.Transfer is not null => "BankTransfer",
            TransactionState.Initialized when view.Means.Any(means => means.Type == PaymentMeans.BankTransfer) => "BankTransfer",
            var state when state.IsFunded() => "Busy",
            _ => "Open"
        }
    };
}

/// <summary>The payment on the customer's order page.</summary>
public record OrderPaymentModel : BaseNopModel
{
    /// <summary>The state, as a word for style sheets.</summary>
    public required string State { get; init; }

    /// <summary>The state as a sentence, localized; empty if a message at the top of the page says it.</summary>
    public required string Message { get; init; }

    /// <summary>What the customer can do, localized; empty for nothing.</summary>
    public required string Hint { get; init; }

    /// <summary>The payment methods that were used; empty if the order is not paid.</summary>
    public required string Means { get; init; }

    /// <summary>What the customer needs for a bank transfer, localized; empty for none.</summary>
    public required IReadOnlyList<PanelFact> Transfer { get; init; }

    /// <summary>The path, below the application's, to which a form is posted that puts the items back into the cart; null if that is not offered.</summary>
    public required string? CartPath { get; init; }

    /// <summary>Whether putting the items back cancels the order.</summary>
    public required bool CancelsOrder { get; init; }
}
