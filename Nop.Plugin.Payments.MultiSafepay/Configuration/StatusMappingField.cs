using Nop.Core.Domain.Orders;
using Nop.Plugin.Payments.MultiSafepay.Payments.Transactions;

namespace Nop.Plugin.Payments.MultiSafepay.Configuration;

/// <summary>The status mapping on the configuration page: a list of rows on the page, one line of text in the settings.</summary>
public class StatusMappingField() : SettingField<string?, IList<StatusRowModel>>(
    settings => settings.StatusMapping,
    model => model.StatusRows,
    text => [.. StatusMapping.Rows.Select(state => Row(state, StatusMapping.Parse(text)[state]))],
    rows => Changed(StatusMapping.Recommended, rows).ToString())
{
    /// <summary>The status of a row.</summary>
    public static TransactionState StateOf(StatusRowModel row) => (TransactionState)row.StateId;

    /// <summary>The choice in a row, which is not validated here.</summary>
    public static StatusChoice ChoiceOf(StatusRowModel row) =>
        new((PaymentAction)row.PaymentId, row.OrderStatusId == 0 ? null : (OrderStatus)row.OrderStatusId);

    /// <summary>Creates a row with a choice.</summary>
    public static StatusRowModel Row(TransactionState state, StatusChoice choice) =>
        new() { StateId = (int)state, PaymentId = (int)choice.Payment, OrderStatusId = (int)(choice.OrderStatus ?? 0) };

    // A browser does not send a disabled table, that is, while the store uses the mapping of all stores.
    /// <inheritdoc/>
    protected override string? ToSetting(ConfigurationModel model, IList<StatusRowModel> value, string? stored) =>
        Changed(StatusMapping.Parse(stored), value).ToString();

    private static StatusMapping Changed(StatusMapping mapping, IEnumerable<StatusRowModel> rows) =>
        rows.Aggregate(mapping, (changed, row) => changed.With(StateOf(row), ChoiceOf(row)));
}
