using System.Globalization;
using Nop.Core.Domain.Orders;
using Nop.Plugin.Payments.MultiSafepay.AfterSales;
using Nop.Plugin.Payments.MultiSafepay.Checkout.Starting;
using Nop.Plugin.Payments.MultiSafepay.Payments.Notices;
using Nop.Plugin.Payments.MultiSafepay.Payments.Orders;
using Nop.Plugin.Payments.MultiSafepay.Payments.Records;
using Nop.Plugin.Payments.MultiSafepay.Synchronization;

namespace Nop.Plugin.Payments.MultiSafepay.OrderPanel;

/// <summary>
/// The panel's actions for a payment that has not been made yet. Each checks again whether it is allowed, because the page may be hours old.
/// </summary>
public class PanelActions(
    PanelReader reader,
    PanelAnswers answers,
    Synchronizer synchronizer,
    PaymentLinkService paymentLinkService,
    PaymentLinkMail mail,
    OrderCancellation cancellation,
    PanelSteps steps,
    OrderNotesAndLog notesAndLog)
{
    /// <summary>Reads the payment from MultiSafepay and applies it to the order, as a notification would.</summary>
    public Task<PanelAnswer> RefreshAsync(Order order, CancellationToken cancellationToken) => answers.TryAsync(async () =>
    {
        var result = await synchronizer.PullAsync(OrderReference.From(order), allowTerminalActions: true, cancellationToken);
        return result switch
        {
            { Outcome: SyncOutcome.NotStarted } => await answers.DoneAsync("NotStarted"),
            { Changes: 0 } => await answers.DoneAsync("UpToDate"),
            _ => await answers.DoneAsync("Refreshed", result.Changes.ToString(CultureInfo.InvariantCulture))
        };
    });

    /// <summary>Finds the valid payment link, or creates one.</summary>
    public Task<PanelAnswer> LinkAsync(Order order) => answers.TryAsync(async () =>
    {
        // Not the request's cancellation token: starting a payment is always completed.
        await paymentLinkService.StartAsync(OrderReference.From(order), CancellationToken.None);
        return await answers.DoneAsync("Link");
    });

    /// <summary>Sends the payment link to the customer by e-mail; creates one first if there is none.</summary>
    public Task<PanelAnswer> SendAsync(Order order) => answers.TryAsync(async () =>
    {
        var url = await paymentLinkService.StartAsync(OrderReference.From(order), CancellationToken.None);
        var attempt = (await reader.ReadRecordedAsync(order)).Record.Current!;
        if (await mail.SendAsync(order, attempt, url) is not { } address)
            return await answers.RefusedAsync("NoMail");
        await notesAndLog.TellCustomerAsync(order, "LinkSent");
        await steps.TrySaveAsync(order, RecordedStep.LinkSent);
        return await answers.DoneAsync("Sent", address);
    });

    /// <summary>Cancels the open payment, but not the order.</summary>
    public Task<PanelAnswer> CancelAsync(Order order) => answers.TryAsync(async () =>
    {
        if (!(await reader.ReadRecordedAsync(order)).CanCancel)
            return await answers.RefusedAsync("NothingOpen");
        var (view, _) = await reader.ReadAsync(order, CancellationToken.None);
        if (!await cancellation.CallOffAsync(order, CancellationToken.None))
            return await answers.RefusedAsync("TooLate");
        await steps.TrySaveAsync(order, RecordedStep.CalledOff);
        if (view.IsBeyondCancelling)
        {
            await notesAndLog.NoteAsync(order, "CalledOffBegun", PaymentMeans.Text(view.Means));
            return await answers.DoneAsync("CalledOffBegun", PaymentMeans.Text(view.Means));
        }

        await notesAndLog.NoteAsync(order, "CalledOff");
        return await answers.DoneAsync("CalledOff");
    });
}
