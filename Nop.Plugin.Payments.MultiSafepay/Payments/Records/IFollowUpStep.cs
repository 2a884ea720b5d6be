using Nop.Core.Domain.Orders;

namespace Nop.Plugin.Payments.MultiSafepay.Payments.Records;

/// <summary>A kind of work that can be left to do for an order: whoever begins it puts the order on the <see cref="FollowUpList"/> first, and the scheduled task finishes it.</summary>
public interface IFollowUpStep
{
    /// <summary>The steps run from the lowest to the highest.</summary>
    int Position { get; }

    /// <summary>Whether there is something to do for the order now.</summary>
    Task<bool> IsDueAsync(Order order, PaymentRecord record);

    /// <summary>Whether the order stays on the list because of this, after the step was run.</summary>
    Task<bool> IsLeftAsync(Order order, PaymentRecord record) => IsDueAsync(order, record);

    /// <summary>Does what there is to do.</summary>
    /// <exception cref="Api.MultiSafepayApiException">It has to wait: MultiSafepay gave no usable answer.</exception>
    /// <exception cref="Orders.OrderBusyException">It has to wait: somebody else is working on the order.</exception>
    Task RunAsync(Order order, CancellationToken cancellationToken);
}
