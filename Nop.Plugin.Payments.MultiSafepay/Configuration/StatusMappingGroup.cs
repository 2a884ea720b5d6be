using Microsoft.AspNetCore.Mvc.Rendering;
using Nop.Plugin.Payments.MultiSafepay.Payments.Stores;
using Nop.Plugin.Payments.MultiSafepay.Payments.Transactions;
using Nop.Services.Configuration;
using Nop.Services.Localization;

namespace Nop.Plugin.Payments.MultiSafepay.Configuration;

/// <summary>The settings of the status mapping.</summary>
public class StatusMappingGroup(ISettingService settingService, ILocalizationService localizationService, ConfigurationTexts texts) : IConfigurationGroup
{
    /// <inheritdoc/>
    public IReadOnlyList<SettingField> Fields { get; } =
    [
        SettingField.For(settings => settings.CancelledThenPaid, model => model.CancelledThenPaidId),
        new StatusMappingField()
    ];

    /// <summary>Resets the mapping of one store scope to the recommended one; 0 means all stores.</summary>
    public async Task ResetAsync(int storeScope)
    {
        var settings = await settingService.LoadSettingAsync<MultiSafepaySettings>(storeScope);
        settings.StatusMapping = StatusMapping.Recommended.ToString();
        await settingService.SaveSettingOverridablePerStoreAsync(settings, saved => saved.StatusMapping, true, storeScope);
    }

    /// <inheritdoc/>
    public async Task PrepareModelAsync(ConfigurationModel model, MultiSafepaySettings settings)
    {
        model.AvailableCancelledThenPaid = await texts.OptionsAsync<CancelledThenPaidPolicy>("CancelledThenPaid");

        // A rejected form keeps its order of rows, because the error messages refer to their indexes.
        var sent = model.StatusRows.Where(row => StatusMapping.Rows.Contains(StatusMappingField.StateOf(row))).DistinctBy(row => row.StateId).ToList();
        var mapping = StatusMapping.Parse(settings.StatusMapping);
        var others = StatusMapping.Rows.Where(state => sent.All(row => row.StateId != (int)state)).Select(state => StatusMappingField.Row(state, mapping[state]));
        model.StatusRows = [.. sent, .. others];
        foreach (var row in model.StatusRows)
            await PrepareRowAsync(row);
    }

    private async Task PrepareRowAsync(StatusRowModel row)
    {
        var state = StatusMappingField.StateOf(row);
        var recommended = StatusMapping.Recommended[state];
        row.Status = await texts.TextAsync($"Status.{state}");
        row.Help = await texts.TextAsync($"Status.{state}.Help");

        var (payments, orders) = StatusMapping.Offered(state);
        row.AvailablePayments = [];
        foreach (var payment in payments)
            row.AvailablePayments.Add(await OptionAsync(await texts.TextAsync($"PaymentAction.{payment}"), (int)payment, payment == recommended.Payment));
        row.AvailableOrderStatuses = [];
        foreach (var order in orders)
        {
            var text = order is { } status ? await localizationService.GetLocalizedEnumAsync(status) : await texts.TextAsync("Configuration.LeaveOrderStatus");
            row.AvailableOrderStatuses.Add(await OptionAsync(text, (int)(order ?? 0), order == recommended.OrderStatus));
        }
    }

    private async Task<SelectListItem> OptionAsync(string text, int value, bool isRecommended) =>
        new(isRecommended ? await texts.FormatAsync("Configuration.Recommended", text) : text, $"{value}");
}
