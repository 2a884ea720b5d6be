using Nop.Core.Domain.Orders;

namespace Nop.Plugin.Payments.MultiSafepay.Payments.Records;

/// <summary>
/// A kind of work that may remain open for an order. The code that starts the work adds the order to the <see cref="FollowUpList"/> first, and the scheduled task finishes it.
/// </summary>
public interface IFollowUpStep
{
    /// <summary>The position of the step; steps run in ascending order.</summary>
    int Position { get; }

    /// <summary>Whether there is work for the order now.</summary>
    Task<bool> IsDueAsync(Order order, PaymentRecord record);

    /// <summary>Whether the order stays on the list because of this step after it has run.</summary>
    Task<bool> IsLeftAsync(Order order, PaymentRecord record) => IsDueAsync(order, record);

    /// <summary>Does the work.</summary>
    /// <exception cref="Api.MultiSafepayApiException">MultiSafepay gave no usable answer; the work is retried later.</exception>
    /// <exception cref="Orders.OrderBusyException">Another caller holds the order's lock; the work is retried later.</exception>
    Task RunAsync(Order order, CancellationToken cancellationToken);
}
