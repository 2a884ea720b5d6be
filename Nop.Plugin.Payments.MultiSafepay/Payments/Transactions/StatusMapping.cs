using System.Globalization;
using Nop.Core.Domain.Orders;

namespace Nop.Plugin.Payments.MultiSafepay.Payments.Transactions;

/// <summary>The effect of a MultiSafepay status on the payment in nopCommerce.</summary>
public enum PaymentAction
{
    /// <summary>No effect; only a note is written.</summary>
    None = 0,

    /// <summary>The payment becomes authorised.</summary>
    Authorize = 10,

    /// <summary>The payment becomes paid.</summary>
    Pay = 20,

    /// <summary>An authorised payment becomes voided.</summary>
    Void = 30,

    /// <summary>The amount that MultiSafepay refunded is booked as refunded.</summary>
    Refund = 40
}

/// <summary>The owner's choice for one MultiSafepay status.</summary>
/// <param name="Payment">The effect on the payment.</param>
/// <param name="OrderStatus">The order status to be set as well; null to leave it to nopCommerce's own rules.</param>
public sealed record StatusChoice(PaymentAction Payment, OrderStatus? OrderStatus = null);

/// <summary>
/// The owner's mapping from MultiSafepay's statuses to nopCommerce's. Only choices that make sense exist (<see cref="Offered"/>): a payment can never be mapped to
/// voided, nor a refund to paid. It is stored as one line of text for each store: <c>completed=Pay,Leave;expired=None,Cancelled</c>.
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

    /// <summary>The rows of the mapping, in the order in which a payment passes through them.</summary>
    public static IReadOnlyCollection<TransactionState> Rows => _offered.Keys;

    /// <summary>
    /// The recommended mapping. Money that is received, held, released or refunded changes the payment; <c>shipped</c> counts as received, because Riverty captures with the shipment and
    /// reports no other status. An expired payment link cancels the order, which returns its stock. All other statuses leave the order unchanged, so that the customer can try again.
    /// </summary>
    public static StatusMapping Recommended { get; } = new(_offered.Keys.ToDictionary(state => state, state => state == TransactionState.Expired
        ? new StatusChoice(PaymentAction.Void, OrderStatus.Cancelled)
        : new StatusChoice(_offered[state].Payments[0])));

    /// <summary>The owner's choice for a state; <see cref="PaymentAction.None"/> for an unknown one.</summary>
    public StatusChoice this[TransactionState state] => _choices.TryGetValue(state, out var choice) ? choice : new StatusChoice(PaymentAction.None);

    /// <summary>The choices that the owner has for a state.</summary>
    /// <exception cref="KeyNotFoundException">The state is not one of <see cref="Rows"/>.</exception>
    public static (IReadOnlyList<PaymentAction> Payments, IReadOnlyList<OrderStatus?> Orders) Offered(TransactionState state) => _offered[state];

    /// <summary>Whether the owner has this choice for the state.</summary>
    public static bool IsOffered(TransactionState state, StatusChoice choice) =>
        _offered.TryGetValue(state, out var offered) && offered.Payments.Contains(choice.Payment) && offered.Orders.Contains(choice.OrderStatus);

    /// <summary>Returns the mapping with one row changed.</summary>
    /// <exception cref="ArgumentException">The choice is not offered for this state.</exception>
    public StatusMapping With(TransactionState state, StatusChoice choice) => IsOffered(state, choice)
        ? new StatusMapping(new Dictionary<TransactionState, StatusChoice>(_choices) { [state] = choice })
        : throw new ArgumentException($"{state} cannot be mapped to {choice}.", nameof(choice));

    /// <summary>Parses the stored text. The recommended choice replaces a row that is missing, unknown or not offered, because settings can be edited by hand.</summary>
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

    /// <summary>Returns the text to be stored; empty for the recommended mapping, so that a later version can improve the recommendation.</summary>
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
