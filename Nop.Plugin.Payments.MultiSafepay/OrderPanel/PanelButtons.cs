using Nop.Plugin.Payments.MultiSafepay.OrderPanel.QrCodes;

namespace Nop.Plugin.Payments.MultiSafepay.OrderPanel;

/// <summary>Which buttons the panel has, and what else the owner can use of it: the link with its picture, the invoice's address.</summary>
public class PanelButtons(PanelText text)
{
    /// <summary>The buttons that make sense now.</summary>
    public async Task<IReadOnlyList<PanelButton>> CreateAsync(PanelView view)
    {
        var buttons = new List<PanelButton>();
        if (view.Attempt is not null)
            await ButtonAsync("Refresh", "btn-primary");
        if (view.CanStart)
        {
            if (view.Link is null)
                await ButtonAsync("Link", "btn-primary");
            await ButtonAsync("Send", "btn-primary");
        }

        if (view.CanCancel)
            await ButtonAsync("Cancel", "btn-danger", confirm: true);
        foreach (var refund in view.WaitingRefunds)
            await ButtonAsync("WithdrawRefund", "btn-danger", confirm: true, "refundId", refund.TransactionId, PanelText.Minor(refund.Amount, refund.Currency));
        if (view.CanExtend)
            await ButtonAsync("Extend", "btn-primary", confirm: true);
        return buttons;

        async Task ButtonAsync(string action, string look, bool confirm = false, string? name = null, string? value = null, params string[] arguments) =>
            buttons.Add(new PanelButton(action, await text.OfAsync($"Panel.Button.{action}", arguments), look, confirm ? await text.OfAsync($"Panel.Sure.{action}") : null, name, value));
    }

    /// <summary>The link's picture for a telephone's camera, as SVG; null without a link, or for one that is too long.</summary>
    public async Task<string?> QrCodeAsync(PanelView view) =>
        view.Link is { } link && QrCode.Encode(link) is { } code ? code.ToSvg(await text.OfAsync("Panel.QrCode")) : null;
}
