using System.Globalization;
using Nop.Services.Stores;

namespace Nop.Plugin.Payments.MultiSafepay.OrderPanel.OpenPayments;

/// <summary>Creates the localized model of the page of open payments.</summary>
public class OpenPaymentsModelFactory(OpenAffairs affairs, PanelText text, IStoreService storeService, TimeProvider timeProvider)
{
    /// <summary>Creates the page.</summary>
    /// <param name="mayEdit">Whether the user may edit orders.</param>
    public async Task<OpenPaymentsModel> CreateAsync(bool mayEdit)
    {
        var (open, hasMore) = await affairs.ReadAsync();
        var stores = await storeService.GetAllStoresAsync();
        var now = timeProvider.GetUtcNow().UtcDateTime;
        var lines = new List<OpenPaymentsLine>();
        foreach (var affair in open)
        {
            var store = stores.Count > 1 ? stores.FirstOrDefault(one => one.Id == affair.StoreId)?.Name ?? string.Empty : string.Empty;
            var when = affair switch
            {
                { UntilUtc: { } until } => await text.DeadlineAsync(until, now),
                { Kind: AffairKind.Failure } => string.Empty,
                _ => await text.OfAsync("OpenPayments.Since", await text.TimeAsync(affair.SinceUtc))
            };
            lines.Add(new OpenPaymentsLine(affair.OrderId, affair.OrderNumber, store, await WhatAsync(affair, now), when, affair.Alert?.Id));
        }

        return new OpenPaymentsModel { Lines = lines, HasMore = hasMore, MayEdit = mayEdit };
    }

    private async Task<string> WhatAsync(OpenAffair affair, DateTime nowUtc) => affair.Kind switch
    {
        AffairKind.Capture => await text.OfAsync(affair.UntilUtc > nowUtc ? "Panel.Warning.CaptureSoon" : "Panel.Warning.CaptureEnded", await text.TimeAsync(affair.UntilUtc)),
        AffairKind.Shipment => await text.OfAsync("Panel.Warning.ShipSoon", await text.TimeAsync(affair.UntilUtc)),
        AffairKind.Review => await text.OfAsync("Panel.Warning.Uncleared"),
        AffairKind.Refund => await text.OfAsync("AfterSales.Refund.EarlierWaits", PanelText.Minor(affair.Amount, affair.Currency)),
        AffairKind.Failure =>
            await text.OfAsync("OpenPayments.Failure", affair.FailedTries.ToString(CultureInfo.CurrentCulture), await text.TimeAsync(affair.SinceUtc)),
        _ => await text.OfAsync(affair.Alert!.Text, affair.OrderNumber)
    };
}
