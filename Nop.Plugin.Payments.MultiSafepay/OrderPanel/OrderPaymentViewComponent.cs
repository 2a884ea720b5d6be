using System.Text.Json;
using Microsoft.AspNetCore.Mvc;
using Nop.Core.Domain.Orders;
using Nop.Core.Domain.Payments;
using Nop.Plugin.Payments.MultiSafepay.Payments.Records;
using Nop.Plugin.Payments.MultiSafepay.Payments.Transactions;
using Nop.Services.Payments;
using Nop.Web.Framework.Components;
using Nop.Web.Framework.Models;

namespace Nop.Plugin.Payments.MultiSafepay.OrderPanel;

/// <summary>
/// How the payment stands, on the customer's order page: a sentence from what the shop remembers, so that the page waits for nobody. The button to pay is
/// nopCommerce's own, on the same page.
/// </summary>
public class OrderPaymentViewComponent(PanelReader reader, PanelText text, IPaymentService paymentService) : NopViewComponent
{
    /// <summary>Renders the sentence for orders of ours.</summary>
    /// <param name="widgetZone">The place on the page.</param>
    /// <param name="additionalData">The page's model; all that is read of it is the order's id, which nopCommerce has checked to be the customer's.</param>
    public async Task<IViewComponentResult> InvokeAsync(string widgetZone, object? additionalData = null)
    {
        if (additionalData is not BaseNopEntityModel { Id: > 0 } page || await reader.FindAsync(page.Id) is not { } order)
            return Content(string.Empty);

        PanelView view;
        try
        {
            view = await reader.RememberAsync(order);
        }
        catch (JsonException)
        {
            // What is stored is damaged; the customer's page must open all the same.
            return Content(string.Empty);
        }

        var state = State(order, view);
        var hint = state is "Open" or "Declined" or "Expired" && await paymentService.CanRePostProcessPaymentAsync(order) ? await text.OfAsync("OrderPage.Retry") : string.Empty;
        return View($"{MultiSafepayDefaults.ViewsFolder}Public/OrderPayment.cshtml", new OrderPaymentModel
        {
            State = state,
            Message = await text.OfAsync($"OrderPage.{state}", PanelText.Minor(view.Attempt?.Amount, view.Attempt?.Currency)),
            Hint = hint,
            Means = view.State.IsFunded() ? PaymentMeans.Text(view.Means) : string.Empty
        });
    }

    // The order leads: what MultiSafepay says counts while the order still waits.
    private static string State(Order order, PanelView view) => order switch
    {
        { PaymentStatus: PaymentStatus.Paid } => "Paid",
        { PaymentStatus: PaymentStatus.Authorized } => "Authorized",
        { PaymentStatus: PaymentStatus.Refunded } => "Refunded",
        { PaymentStatus: PaymentStatus.PartiallyRefunded } => "PartlyRefunded",
        { PaymentStatus: PaymentStatus.Voided } or { OrderStatus: OrderStatus.Cancelled } => "Cancelled",
        _ => view.State switch
        {
            TransactionState.Declined => "Declined",
            TransactionState.Expired => "Expired",
            TransactionState.Initialized when view.Means.Any(means => means.Type == PaymentMeans.BankTransfer) => "BankTransfer",
            var state when state.IsFunded() => "Busy",
            _ => "Open"
        }
    };
}

/// <summary>What the customer reads of the payment.</summary>
public record OrderPaymentModel : BaseNopModel
{
    /// <summary>How it stands, in a word for style sheets.</summary>
    public required string State { get; init; }

    /// <summary>The same in a sentence, localized.</summary>
    public required string Message { get; init; }

    /// <summary>What the customer can do, localized; empty when nothing.</summary>
    public required string Hint { get; init; }

    /// <summary>With what it was paid; empty when it was not.</summary>
    public required string Means { get; init; }
}
