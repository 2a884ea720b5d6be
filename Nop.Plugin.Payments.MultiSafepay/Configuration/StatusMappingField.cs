using Nop.Core.Domain.Orders;
using Nop.Plugin.Payments.MultiSafepay.Payments.Transactions;

namespace Nop.Plugin.Payments.MultiSafepay.Configuration;

/// <summary>The status mapping on the configuration page: a list of rows there, one line of text in the settings.</summary>
public class StatusMappingField() : SettingField<string?, IList<StatusRowModel>>(
    settings => settings.StatusMapping,
    model => model.StatusRows,
    text => [.. StatusMapping.Rows.Select(state => Row(state, StatusMapping.Parse(text)[state]))],
    rows => Changed(StatusMapping.Recommended, rows).ToString())
{
    /// <summary>The status of a row.</summary>
    public static TransactionState StateOf(StatusRowModel row) => (TransactionState)row.StateId;

    /// <summary>What was chosen in a row; it need not be offered there.</summary>
    public static StatusChoice ChoiceOf(StatusRowModel row) =>
        new((PaymentAction)row.PaymentId, row.OrderStatusId == 0 ? null : (OrderStatus)row.OrderStatusId);

    /// <summary>A row with a choice made.</summary>
    public static StatusRowModel Row(TransactionState state, StatusChoice choice) =>
        new() { StateId = (int)state, PaymentId = (int)choice.Payment, OrderStatusId = (int)(choice.OrderStatus ?? 0) };

    // A browser sends nothing of a table that is disabled, because the store follows all stores.
    /// <inheritdoc/>
    protected override string? ToSetting(ConfigurationModel model, IList<StatusRowModel> value, string? stored) =>
        Changed(StatusMapping.Parse(stored), value).ToString();

    private static StatusMapping Changed(StatusMapping mapping, IEnumerable<StatusRowModel> rows) =>
        rows.Aggregate(mapping, (changed, row) => changed.With(StateOf(row), ChoiceOf(row)));
}
