using Nop.Plugin.Payments.MultiSafepay.OrderPanel.QrCodes;
using Nop.Plugin.Payments.MultiSafepay.Payments.Records;

namespace Nop.Plugin.Payments.MultiSafepay.OrderPanel;

/// <summary>Creates the buttons and the QR code of the panel.</summary>
public class PanelButtons(PanelText text)
{
    /// <summary>The look of a button that takes something away, or is seldom needed.</summary>
    internal const string Quiet = "btn-default btn-outline-secondary";

    /// <summary>Creates the buttons that apply to the current state.</summary>
    public async Task<IReadOnlyList<PanelButton>> CreateAsync(PanelView view)
    {
        var buttons = new List<PanelButton>();
        if (view.Attempt is not null)
            await ButtonAsync("Refresh", Quiet);
        if (view.CanStart)
        {
            if (view.Link is null)
                await ButtonAsync("Link", "btn-primary");
            await ButtonAsync("Send", "btn-primary");
        }

        if (view.CanCancel)
            await ButtonAsync("Cancel", Quiet, confirm: true, sure: view.IsBeyondCancelling ? await text.OfAsync("Panel.Sure.CancelBegun", PaymentMeans.Text(view.Means)) : null);
        foreach (var refund in view.WaitingRefunds)
            await ButtonAsync("WithdrawRefund", Quiet, confirm: true, null, "refundId", refund.TransactionId, PanelText.Minor(refund.Amount, refund.Currency));
        if (view.CanExtend)
            await ButtonAsync("Extend", Quiet, confirm: true);
        return buttons;

        async Task ButtonAsync(string action, string look, bool confirm = false, string? sure = null, string? name = null, string? value = null, params string[] arguments) =>
            buttons.Add(new PanelButton(action, await text.OfAsync($"Panel.Button.{action}", arguments), look, confirm ? sure ?? await text.OfAsync($"Panel.Sure.{action}") : null, name, value));
    }

    /// <summary>Returns the QR code of the payment link as SVG; null if there is no link or it is too long.</summary>
    public async Task<string?> QrCodeAsync(PanelView view) =>
        view.Link is { } link && QrCode.Encode(link) is { } code ? code.ToSvg(await text.OfAsync("Panel.QrCode")) : null;
}
