using System.Globalization;
using Nop.Core.Domain.Orders;

namespace Nop.Plugin.Payments.MultiSafepay.Payments.Transactions;

/// <summary>What a status of MultiSafepay does to the payment in nopCommerce.</summary>
public enum PaymentAction
{
    /// <summary>Nothing but a note.</summary>
    None = 0,

    /// <summary>The payment becomes authorised.</summary>
    Authorize = 10,

    /// <summary>The payment becomes paid.</summary>
    Pay = 20,

    /// <summary>An authorised payment becomes voided.</summary>
    Void = 30,

    /// <summary>The amount that MultiSafepay gave back is booked as refunded.</summary>
    Refund = 40
}

/// <summary>What the owner wants to happen in nopCommerce for one status of MultiSafepay.</summary>
/// <param name="Payment">What happens to the payment.</param>
/// <param name="OrderStatus">The order status to set as well; null leaves it to nopCommerce's own rules.</param>
public sealed record StatusChoice(PaymentAction Payment, OrderStatus? OrderStatus = null);

/// <summary>
/// The owner's table from MultiSafepay's statuses to nopCommerce's. Only cells that make sense exist (<see cref="Offered"/>): a payment can never map to
/// voided, nor a refund to paid. It is stored as one line of text per store: <c>completed=Pay,Leave;expired=None,Cancelled</c>.
/// </summary>
public sealed class StatusMapping : IEquatable<StatusMapping>
{
    private static readonly OrderStatus?[] _leave = [null];
    private static readonly OrderStatus?[] _leaveOrProcess = [null, OrderStatus.Processing];
    private static readonly OrderStatus?[] _leaveOrForward = [null, OrderStatus.Processing, OrderStatus.Complete];
    private static readonly OrderStatus?[] _leaveOrCancel = [null, OrderStatus.Cancelled];

    private static readonly Dictionary<TransactionState, (PaymentAction[] Payments, OrderStatus?[] Orders)> _offered = new()
    {
        [TransactionState.Initialized] = ([PaymentAction.None], _leaveOrProcess),
        [TransactionState.Uncleared] = ([PaymentAction.None, PaymentAction.Authorize], _leaveOrProcess),
        [TransactionState.Reserved] = ([PaymentAction.None], _leave),
        [TransactionState.Completed] = ([PaymentAction.Pay, PaymentAction.Authorize, PaymentAction.None], _leaveOrForward),
        [TransactionState.Authorized] = ([PaymentAction.Authorize, PaymentAction.None], _leaveOrProcess),
        [TransactionState.Shipped] = ([PaymentAction.Pay, PaymentAction.Authorize, PaymentAction.None], _leaveOrForward),
        [TransactionState.Declined] = ([PaymentAction.None], _leaveOrCancel),
        [TransactionState.Cancelled] = ([PaymentAction.None], _leaveOrCancel),
        [TransactionState.Void] = ([PaymentAction.Void, PaymentAction.None], _leaveOrCancel),
        [TransactionState.Expired] = ([PaymentAction.Void, PaymentAction.None], _leaveOrCancel),
        [TransactionState.Refunded] = ([PaymentAction.Refund, PaymentAction.None], _leaveOrCancel),
        [TransactionState.PartialRefunded] = ([PaymentAction.Refund, PaymentAction.None], _leave),
        [TransactionState.Chargeback] = ([PaymentAction.None, PaymentAction.Refund], _leaveOrCancel)
    };

    private readonly Dictionary<TransactionState, StatusChoice> _choices;

    private StatusMapping(Dictionary<TransactionState, StatusChoice> choices) => _choices = choices;

    /// <summary>The rows of the table, in the order in which a payment lives through them.</summary>
    public static IReadOnlyCollection<TransactionState> Rows => _offered.Keys;

    /// <summary>
    /// The recommended table: money moves the payment (what a provider has captured with the shipment as well: Riverty shows no other status), an expired
    /// payment link gives the stock back, everything else leaves the order as it is so that the customer can try again.
    /// </summary>
    public static StatusMapping Recommended { get; } = new(_offered.Keys.ToDictionary(state => state, state => state == TransactionState.Expired
        ? new StatusChoice(PaymentAction.Void, OrderStatus.Cancelled)
        : new StatusChoice(_offered[state].Payments[0])));

    /// <summary>The owner's choice for a state; <see cref="PaymentAction.None"/> for an unknown one.</summary>
    public StatusChoice this[TransactionState state] => _choices.TryGetValue(state, out var choice) ? choice : new StatusChoice(PaymentAction.None);

    /// <summary>What the owner may choose in a row.</summary>
    public static (IReadOnlyList<PaymentAction> Payments, IReadOnlyList<OrderStatus?> Orders) Offered(TransactionState state) => _offered[state];

    /// <summary>Whether the choice makes sense in the row.</summary>
    public static bool IsOffered(TransactionState state, StatusChoice choice) =>
        _offered.TryGetValue(state, out var offered) && offered.Payments.Contains(choice.Payment) && offered.Orders.Contains(choice.OrderStatus);

    /// <summary>The mapping with one row changed.</summary>
    /// <exception cref="ArgumentException">The choice makes no sense in that row.</exception>
    public StatusMapping With(TransactionState state, StatusChoice choice) => IsOffered(state, choice)
        ? new StatusMapping(new Dictionary<TransactionState, StatusChoice>(_choices) { [state] = choice })
        : throw new ArgumentException($"{state} cannot be mapped to {choice}.", nameof(choice));

    /// <summary>Reads the stored text. A row that is missing, unknown or senseless is the recommended one: settings can be edited by hand.</summary>
    public static StatusMapping Parse(string? text)
    {
        var mapping = Recommended;
        foreach (var row in (text ?? string.Empty).Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            if (row.Split('=', ',') is [var stateName, var paymentName, var orderName]
                && Enum.TryParse<TransactionState>(stateName, ignoreCase: true, out var state)
                && Enum.TryParse<PaymentAction>(paymentName, ignoreCase: true, out var payment)
                && ParseOrderStatus(orderName, out var orderStatus)
                && new StatusChoice(payment, orderStatus) is var choice
                && IsOffered(state, choice))
            {
                mapping = mapping.With(state, choice);
            }
        }

        return mapping;
    }

    /// <summary>The text to store; empty for the recommended mapping, so that a better recommendation of a later version takes effect.</summary>
    public override string ToString() => Equals(Recommended)
        ? string.Empty
        : string.Join(';', _offered.Keys.Select(state => string.Create(CultureInfo.InvariantCulture,
            $"{state}={this[state].Payment},{this[state].OrderStatus?.ToString() ?? Leave}")));

    /// <inheritdoc/>
    public bool Equals(StatusMapping? other) => other is not null && _offered.Keys.All(state => this[state] == other[state]);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as StatusMapping);

    /// <inheritdoc/>
    public override int GetHashCode() => _offered.Keys.Aggregate(0, (hash, state) => HashCode.Combine(hash, this[state]));

    private const string Leave = nameof(Leave);

    private static bool ParseOrderStatus(string text, out OrderStatus? status)
    {
        status = null;
        if (string.Equals(text, Leave, StringComparison.OrdinalIgnoreCase))
            return true;
        if (!Enum.TryParse<OrderStatus>(text, ignoreCase: true, out var parsed))
            return false;
        status = parsed;
        return true;
    }
}
