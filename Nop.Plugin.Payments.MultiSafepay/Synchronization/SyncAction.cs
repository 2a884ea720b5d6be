using Nop.Core.Domain.Orders;
using Nop.Plugin.Payments.MultiSafepay.Payments.Records;

namespace Nop.Plugin.Payments.MultiSafepay.Synchronization;

/// <summary>An action to be applied to an order of nopCommerce, as returned by <see cref="Decision"/>.</summary>
/// <param name="Applied">
/// The name under which the action is recorded, so that it is applied only once. It is recorded right after the action, not at the end of the synchronization.
/// </param>
public abstract record SyncAction(string Applied)
{
    /// <summary>Whether the action ends the order or its payment. Before it is applied because of a notification, the API is asked for the current state.</summary>
    public virtual bool RequiresConfirmation => false;

    /// <summary>Marks the payment as authorised.</summary>
    /// <param name="TransactionId">MultiSafepay's transaction id.</param>
    public sealed record Authorize(string Applied, string TransactionId) : SyncAction(Applied);

    /// <summary>Marks the payment as paid; nopCommerce sends its e-mails.</summary>
    /// <param name="TransactionId">MultiSafepay's transaction id.</param>
    public sealed record Pay(string Applied, string TransactionId) : SyncAction(Applied);

    /// <summary>Replaces the payment of the order: the one that paid it was refunded, and another payment of the same order exists.</summary>
    /// <param name="TransactionId">MultiSafepay's transaction id of the other payment.</param>
    public sealed record SwitchPayment(string Applied, string TransactionId) : SyncAction(Applied);

    /// <summary>Replaces the authorisation of the order: another transaction under the same order id at MultiSafepay holds the money now.</summary>
    /// <param name="TransactionId">MultiSafepay's id of the other transaction.</param>
    public sealed record SwitchAuthorization(string Applied, string TransactionId) : SyncAction(Applied);

    /// <summary>Voids the authorised payment.</summary>
    public sealed record VoidAuthorization(string Applied) : SyncAction(Applied)
    {
        /// <inheritdoc/>
        public override bool RequiresConfirmation => true;
    }

    /// <summary>Cancels the order; nopCommerce returns the stock and sends its e-mails.</summary>
    public sealed record CancelOrder(string Applied) : SyncAction(Applied)
    {
        /// <inheritdoc/>
        public override bool RequiresConfirmation => true;
    }

    /// <summary>Moves the order forward to the status that the owner has chosen.</summary>
    /// <param name="Status">Processing or Complete.</param>
    public sealed record MoveOrder(string Applied, OrderStatus Status) : SyncAction(Applied);

    /// <summary>Books a refund that was made at MultiSafepay.</summary>
    /// <param name="Amount">The amount refunded since the last booking, in minor units of the charged currency.</param>
    /// <param name="OrderAmount">The amount that the order counts for it, in the primary store currency.</param>
    /// <param name="ToBook">
    /// The part of <paramref name="OrderAmount"/> that the order's refunded amount does not include yet, in the primary store currency; may be 0.
    /// </param>
    public sealed record BookRefund(string Applied, long Amount, decimal OrderAmount, decimal ToBook) : SyncAction(Applied)
    {
        /// <summary>The order id at MultiSafepay of the refunded payment.</summary>
        public required string AttemptId { get; init; }

        /// <summary>The id of the refund that the shop requested; null for a refund that was made elsewhere.</summary>
        public string? RefundOrderId { get; init; }

        /// <summary>Whether it is a chargeback by the customer's bank. It may have been reversed in the meantime, which only the API shows.</summary>
        public bool IsChargeback { get; init; }

        /// <inheritdoc/>
        public override bool RequiresConfirmation => IsChargeback;
    }

    /// <summary>Books a refund again that was booked before and has since been overwritten in the order.</summary>
    /// <param name="Amount">The amount that is missing in the order, in the primary store currency.</param>
    public sealed record RestoreRefund(string Applied, decimal Amount) : SyncAction(Applied);

    /// <summary>Records a new state of a refund that the shop requested and that has not been made.</summary>
    /// <param name="RefundOrderId">The shop's id of the refund.</param>
    /// <param name="State"><see cref="RefundState.Waiting"/> or <see cref="RefundState.Off"/>.</param>
    /// <param name="TransactionId">MultiSafepay's transaction id of the refund; null if it is not known.</param>
    public sealed record MoveRefund(string Applied, string RefundOrderId, RefundState State, string? TransactionId) : SyncAction(Applied);

    /// <summary>Reopens a cancelled order that was paid, if its stock allows it. The transaction is then decided again.</summary>
    public sealed record ReopenOrder(string Applied) : SyncAction(Applied);

    /// <summary>Refunds the payment of a cancelled order at MultiSafepay.</summary>
    /// <param name="OrderId">The order id at MultiSafepay.</param>
    /// <param name="Requested">The name of the event that is recorded before the call.</param>
    public sealed record RefundPayment(string Applied, string OrderId, string Requested) : SyncAction(Applied);

    /// <summary>Writes an order note and, if the owner has to act, a warning to the log and a merchant alert.</summary>
    /// <param name="Resource">The note's resource key below <c>Plugins.Payments.MultiSafepay.Note.</c></param>
    /// <param name="IsWarning">Whether a warning is logged and an alert is raised as well.</param>
    /// <param name="Arguments">The values of the resource's placeholders.</param>
    public sealed record Note(string Applied, string Resource, bool IsWarning, params IReadOnlyList<string> Arguments) : SyncAction(Applied)
    {
        /// <summary>Whether the note reports the end of a payment, which only the API can confirm.</summary>
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
