using Nop.Core.Domain.Orders;
using Nop.Plugin.Payments.MultiSafepay.Payments.Records;

namespace Nop.Plugin.Payments.MultiSafepay.Synchronization;

/// <summary>One thing to do with an order of nopCommerce, as <see cref="Decision"/> found it right.</summary>
/// <param name="Applied">
/// What to remember once it is done, so that a repetition is recognised. The synchronizer remembers it right after the action, not at the end.
/// </param>
public abstract record SyncAction(string Applied)
{
    /// <summary>Whether the order or its payment ends by it. Such an action is taken only from what the API says now, never from a notification alone.</summary>
    public virtual bool RequiresConfirmation => false;

    /// <summary>The payment becomes authorised.</summary>
    /// <param name="TransactionId">MultiSafepay's transaction id.</param>
    public sealed record Authorize(string Applied, string TransactionId) : SyncAction(Applied);

    /// <summary>The payment becomes paid; nopCommerce sends its mails.</summary>
    /// <param name="TransactionId">MultiSafepay's transaction id.</param>
    public sealed record Pay(string Applied, string TransactionId) : SyncAction(Applied);

    /// <summary>The payment that the order was paid with went back, and another one of the same order is there: from now on that one counts as its payment.</summary>
    /// <param name="TransactionId">MultiSafepay's id of the other one.</param>
    public sealed record SwitchPayment(string Applied, string TransactionId) : SyncAction(Applied);

    /// <summary>Another transaction under the same order id at MultiSafepay holds the money now: from now on that one counts as the order's authorisation.</summary>
    /// <param name="TransactionId">MultiSafepay's id of the other one.</param>
    public sealed record SwitchAuthorization(string Applied, string TransactionId) : SyncAction(Applied);

    /// <summary>The authorised payment becomes voided.</summary>
    public sealed record VoidAuthorization(string Applied) : SyncAction(Applied)
    {
        /// <inheritdoc/>
        public override bool RequiresConfirmation => true;
    }

    /// <summary>The order is cancelled; nopCommerce gives the stock back and sends its mails.</summary>
    public sealed record CancelOrder(string Applied) : SyncAction(Applied)
    {
        /// <inheritdoc/>
        public override bool RequiresConfirmation => true;
    }

    /// <summary>The order moves forward to a status of the owner's choice.</summary>
    /// <param name="Status">Processing or Complete.</param>
    public sealed record MoveOrder(string Applied, OrderStatus Status) : SyncAction(Applied);

    /// <summary>A refund made at MultiSafepay is booked on the order.</summary>
    /// <param name="Amount">What MultiSafepay gave back since the last accounting, in minor units of the charged currency.</param>
    /// <param name="OrderAmount">The same in the primary store currency.</param>
    /// <param name="ToBook">The part of <paramref name="OrderAmount"/> that the order's refunded amount does not contain yet; may be 0.</param>
    public sealed record BookRefund(string Applied, long Amount, decimal OrderAmount, decimal ToBook) : SyncAction(Applied)
    {
        /// <summary>The order id at MultiSafepay of the payment that it gives back.</summary>
        public required string AttemptId { get; init; }

        /// <summary>The id of the refund that the shop had asked for; null for one that was made elsewhere.</summary>
        public string? RefundOrderId { get; init; }

        /// <summary>Whether the customer's bank took the money. It may have given it back meanwhile, which only the API tells.</summary>
        public bool IsChargeback { get; init; }

        /// <inheritdoc/>
        public override bool RequiresConfirmation => IsChargeback;
    }

    /// <summary>A refund that was booked, and that the order has lost since, is booked again.</summary>
    /// <param name="Amount">What the order does not show any more, in the primary store currency.</param>
    public sealed record RestoreRefund(string Applied, decimal Amount) : SyncAction(Applied);

    /// <summary>A refund that the shop asked for has got further, without being made.</summary>
    /// <param name="RefundOrderId">Its id.</param>
    /// <param name="State"><see cref="RefundState.Waiting"/> or <see cref="RefundState.Off"/>.</param>
    /// <param name="TransactionId">MultiSafepay's id of it, if known.</param>
    public sealed record MoveRefund(string Applied, string RefundOrderId, RefundState State, string? TransactionId) : SyncAction(Applied);

    /// <summary>A cancelled order that was paid is opened again, when its stock allows; afterwards it is decided once more.</summary>
    public sealed record ReopenOrder(string Applied) : SyncAction(Applied);

    /// <summary>The payment of a cancelled order is given back at MultiSafepay.</summary>
    /// <param name="OrderId">The order id at MultiSafepay.</param>
    /// <param name="Requested">What to remember before MultiSafepay is asked.</param>
    public sealed record RefundPayment(string Applied, string OrderId, string Requested) : SyncAction(Applied);

    /// <summary>An order note, and a warning in the log where the owner has to look.</summary>
    /// <param name="Resource">The note's resource key below <c>Plugins.Payments.MultiSafepay.Note.</c></param>
    /// <param name="IsWarning">Whether it goes to the log as well.</param>
    /// <param name="Arguments">What the resource's placeholders stand for.</param>
    public sealed record Note(string Applied, string Resource, bool IsWarning, params IReadOnlyList<string> Arguments) : SyncAction(Applied)
    {
        /// <summary>Whether the owner is told of the end of a payment, which only the API knows for sure.</summary>
        public bool MustBeConfirmed { get; init; }

        /// <inheritdoc/>
        public override bool RequiresConfirmation => MustBeConfirmed;

        /// <inheritdoc/>
        public bool Equals(Note? other) => other is not null && Applied == other.Applied && Resource == other.Resource && IsWarning == other.IsWarning
            && MustBeConfirmed == other.MustBeConfirmed && Arguments.SequenceEqual(other.Arguments);

        /// <inheritdoc/>
        public override int GetHashCode() => HashCode.Combine(Applied, Resource, IsWarning, Arguments.Count);
    }
}
